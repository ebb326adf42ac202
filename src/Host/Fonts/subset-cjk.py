#!/usr/bin/env python3
"""Cuts Noto Sans CJK down to what a card needs: subset-cjk.py NotoSansCJK-Bold.ttc NotoSansCJKsc-Bold.otf (fontTools 4.38)."""
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

source, target = sys.argv[1:]
font = next(f for f in TTCollection(source, lazy=True).fonts if f["name"].getDebugName(4) == "Noto Sans CJK SC Bold")
# Japanese has forms of Han of its own and is told by its kana. The other languages' forms would double the file.
for record in font["GSUB"].table.ScriptList.ScriptRecord:
    record.Script.LangSysRecord = [system for system in record.Script.LangSysRecord if system.LangSysTag == "JAN "]
    record.Script.LangSysCount = len(record.Script.LangSysRecord)
# Spaces, dots and dashes; enclosed numbers, shapes; CJK punctuation to katakana; bopomofo, jamo, enclosed; Han; Hangul; compatibility; full width.
blocks = [(0x20, 0x20), (0xA0, 0xA0), (0x2010, 0x2027), (0x2460, 0x24FF), (0x25A0, 0x25FF), (0x3000, 0x30FF), (0x3105, 0x312F), (0x3131, 0x318E),
          (0x31F0, 0x31FF), (0x3200, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF01, 0xFFEE)]
options = subset.Options()
options.layout_features = ["locl", "ccmp"]
options.hinting = False
options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
options.name_IDs = ["*"]
options.notdef_outline = False
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=[code for first, last in blocks for code in range(first, last + 1)])
subsetter.subset(font)
font.save(target)
