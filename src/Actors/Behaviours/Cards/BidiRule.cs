using System.Text;

namespace Amble.Behaviours.Cards;

/// <summary>
/// Which way each part of a line runs (Unicode UAX #9): rules W1 to W7, N0 to N2, I1 and I2, L1 and L2. The explicit rules X have nothing to do,
/// since marks, overrides and isolates were stripped. For painters that shape runs themselves.
/// </summary>
public static class BidiRule
{
    /// <summary>The level of each UTF-16 unit: even runs left to right, odd right to left.</summary>
    /// <param name="text">A line as <see cref="CardWords"/> leaves it.</param>
    public static byte[] Levels(string text, bool runsLeft)
    {
        var start = (byte)(runsLeft ? 1 : 0);
        var levels = new byte[text.Length];
        if (!runsLeft && !text.EnumerateRunes().Any(rune => BidiClasses.Of(rune) is BidiClass.R or BidiClass.AL or BidiClass.AN)) return levels;

        var runes = text.EnumerateRunes().ToArray();
        var kinds = Array.ConvertAll(runes, BidiClasses.Of);
        Weak(kinds, runsLeft);
        Brackets(runes, kinds, runsLeft);
        Neutral(kinds, runsLeft);
        var at = 0;
        for (var i = 0; i < runes.Length; i++)
            for (var unit = 0; unit < runes[i].Utf16SequenceLength; unit++) levels[at++] = Level(kinds[i], start);
        // L1: spaces at the line's end go with the line.
        for (var i = text.Length - 1; i >= 0 && text[i] == ' '; i--) levels[i] = start;
        return levels;
    }

    /// <summary>Runs in the order in which they stand from left to right (L2).</summary>
    public static void Reorder<T>(Span<T> runs, Func<T, byte> level)
    {
        byte highest = 0;
        foreach (var run in runs) highest = Math.Max(highest, level(run));
        for (; highest > 0; highest--)
        {
            for (var from = 0; from < runs.Length; from++)
            {
                var to = from;
                while (to < runs.Length && level(runs[to]) >= highest) to++;
                runs[from..to].Reverse();
                from = to;
            }
        }
    }

    private static void Weak(BidiClass[] kinds, bool runsLeft)
    {
        var start = runsLeft ? BidiClass.R : BidiClass.L;
        var (before, strong) = (start, start);
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == BidiClass.NSM) kinds[i] = before; // W1
            before = kinds[i];
            if (kinds[i] is BidiClass.L or BidiClass.R or BidiClass.AL) strong = kinds[i];
            if (kinds[i] == BidiClass.EN && strong == BidiClass.AL) kinds[i] = BidiClass.AN; // W2
        }
        for (var i = 0; i < kinds.Length; i++) if (kinds[i] == BidiClass.AL) kinds[i] = BidiClass.R; // W3
        for (var i = 1; i + 1 < kinds.Length; i++) // W4
        {
            var (left, right) = (kinds[i - 1], kinds[i + 1]);
            if (left != right) continue;
            if (kinds[i] == BidiClass.ES && left == BidiClass.EN || kinds[i] == BidiClass.CS && left is BidiClass.EN or BidiClass.AN) kinds[i] = left;
        }
        for (var i = 0; i < kinds.Length; i++) // W5
        {
            if (kinds[i] != BidiClass.ET) continue;
            var end = i;
            while (end < kinds.Length && kinds[end] == BidiClass.ET) end++;
            if (i > 0 && kinds[i - 1] == BidiClass.EN || end < kinds.Length && kinds[end] == BidiClass.EN) Array.Fill(kinds, BidiClass.EN, i, end - i);
            i = end - 1;
        }
        strong = start;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is BidiClass.ES or BidiClass.ET or BidiClass.CS) kinds[i] = BidiClass.ON; // W6
            if (kinds[i] is BidiClass.L or BidiClass.R) strong = kinds[i];
            if (kinds[i] == BidiClass.EN && strong == BidiClass.L) kinds[i] = BidiClass.L; // W7
        }
    }

    // N0: a pair of brackets goes with what is in it where that runs as the line does, else with what stands before it.
    private static void Brackets(Rune[] runes, BidiClass[] kinds, bool runsLeft)
    {
        const string Opening = "([{", Closing = ")]}";
        var line = runsLeft ? BidiClass.R : BidiClass.L;
        var open = new Stack<int>();
        var pairs = new List<(int Open, int Close)>();
        for (var i = 0; i < runes.Length; i++)
        {
            if (kinds[i] != BidiClass.ON || runes[i].Value > 0x7F) continue;
            if (Opening.Contains((char)runes[i].Value)) open.Push(i);
            if (!Closing.Contains((char)runes[i].Value) || !open.Any(at => runes[at].Value == Opening[Closing.IndexOf((char)runes[i].Value)])) continue;
            while (runes[open.Peek()].Value != Opening[Closing.IndexOf((char)runes[i].Value)]) open.Pop();
            pairs.Add((open.Pop(), i));
        }
        foreach (var (from, to) in pairs.Order())
        {
            var inside = kinds[(from + 1)..to].Where(IsStrong).Select(Direction).ToHashSet();
            if (inside.Count == 0) continue;
            var before = kinds[..from].Where(IsStrong).Select(Direction).LastOrDefault(line);
            kinds[from] = kinds[to] = inside.Contains(line) ? line : before == line ? line : inside.Single();
        }
    }

    private static bool IsStrong(BidiClass kind) => kind is BidiClass.L or BidiClass.R or BidiClass.EN or BidiClass.AN;

    // N1 and N2: between two of one direction neutrals go with them, else with the line. Numbers count as right to left here.
    private static void Neutral(BidiClass[] kinds, bool runsLeft)
    {
        var line = runsLeft ? BidiClass.R : BidiClass.L;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is not (BidiClass.WS or BidiClass.ON)) continue;
            var end = i;
            while (end < kinds.Length && kinds[end] is BidiClass.WS or BidiClass.ON) end++;
            var before = i == 0 ? line : Direction(kinds[i - 1]);
            var after = end == kinds.Length ? line : Direction(kinds[end]);
            Array.Fill(kinds, before == after ? before : line, i, end - i);
            i = end - 1;
        }
    }

    private static BidiClass Direction(BidiClass kind) => kind == BidiClass.L ? BidiClass.L : BidiClass.R;

    // I1 and I2.
    private static byte Level(BidiClass kind, byte start) => (byte)(kind switch
    {
        BidiClass.L => start == 0 ? 0 : 2,
        BidiClass.R => 1,
        _ => 2,
    });
}
