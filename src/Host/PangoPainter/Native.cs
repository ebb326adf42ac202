using System.Runtime.InteropServices;

namespace Amble.PangoPainter;

/// <summary>What is used of the system's Pango, Cairo and Fontconfig. Debian has them as libpangocairo-1.0-0 and what that needs.</summary>
internal static unsafe partial class Native
{
    internal const string Pango = "libpango-1.0.so.0";
    internal const string PangoCairo = "libpangocairo-1.0.so.0";
    internal const string PangoFt2 = "libpangoft2-1.0.so.0";
    internal const string Cairo = "libcairo.so.2";
    internal const string Fontconfig = "libfontconfig.so.1";
    internal const string GObject = "libgobject-2.0.so.0";

    /// <summary>Pango's units in a pixel.</summary>
    internal const float Scale = 1024;

    internal const int FormatA8 = 2;
    internal const int FontTypeFreeType = 1;
    internal const int AntialiasGray = 2;
    internal const int HintStyleNone = 1;
    internal const int HintMetricsOff = 1;
    internal const int WeightMedium = 500;
    internal const int WeightBold = 700;
    internal const int DirectionLeftToRight = 0;
    internal const int DirectionRightToLeft = 1;

    [LibraryImport(Fontconfig)] internal static partial nint FcConfigCreate();
    [LibraryImport(Fontconfig)] internal static partial void FcConfigDestroy(nint config);
    [LibraryImport(Fontconfig, StringMarshalling = StringMarshalling.Utf8)] internal static partial int FcConfigParseAndLoadFromMemory(nint config, string text, int complain);
    [LibraryImport(Fontconfig)] internal static partial int FcConfigBuildFonts(nint config);
    [LibraryImport(Fontconfig, StringMarshalling = StringMarshalling.Utf8)] internal static partial int FcConfigAppFontAddFile(nint config, string file);

    [LibraryImport(PangoCairo)] internal static partial nint pango_cairo_font_map_new_for_font_type(int type);
    [LibraryImport(PangoFt2)] internal static partial void pango_fc_font_map_set_config(nint map, nint config);
    [LibraryImport(Pango)] internal static partial nint pango_font_map_create_context(nint map);
    [LibraryImport(PangoCairo)] internal static partial void pango_cairo_context_set_resolution(nint context, double dpi);
    [LibraryImport(PangoCairo)] internal static partial void pango_cairo_context_set_font_options(nint context, nint options);
    [LibraryImport(Pango)] internal static partial void pango_context_set_round_glyph_positions(nint context, int round);
    [LibraryImport(Pango)] internal static partial void pango_context_set_base_dir(nint context, int direction);
    [LibraryImport(Pango)] internal static partial void pango_context_set_language(nint context, nint language);
    [LibraryImport(Pango, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint pango_language_from_string(string language);

    [LibraryImport(Pango)] internal static partial nint pango_font_description_new();
    [LibraryImport(Pango)] internal static partial void pango_font_description_free(nint description);
    [LibraryImport(Pango, StringMarshalling = StringMarshalling.Utf8)] internal static partial void pango_font_description_set_family(nint description, string families);
    [LibraryImport(Pango)] internal static partial void pango_font_description_set_weight(nint description, int weight);
    [LibraryImport(Pango)] internal static partial void pango_font_description_set_absolute_size(nint description, double size);

    [LibraryImport(Pango)] internal static partial nint pango_layout_new(nint context);
    [LibraryImport(Pango)] internal static partial void pango_layout_set_auto_dir(nint layout, int auto);
    [LibraryImport(Pango)] internal static partial void pango_layout_set_single_paragraph_mode(nint layout, int single);
    [LibraryImport(Pango)] internal static partial void pango_layout_set_font_description(nint layout, nint description);
    [LibraryImport(Pango)] internal static partial void pango_layout_set_text(nint layout, byte* text, int length);
    [LibraryImport(Pango)] internal static partial void pango_layout_context_changed(nint layout);
    [LibraryImport(Pango)] internal static partial Line* pango_layout_get_line_readonly(nint layout, int line);
    [LibraryImport(Pango)] internal static partial void pango_glyph_item_get_logical_widths(Run* run, byte* text, int* widths);
    [LibraryImport(Pango)] internal static partial void pango_layout_line_get_extents(Line* line, Box* ink, Box* logical);
    [LibraryImport(PangoCairo)] internal static partial void pango_cairo_layout_line_path(nint cairo, Line* line);

    [LibraryImport(Cairo)] internal static partial nint cairo_image_surface_create_for_data(byte* data, int format, int width, int height, int stride);
    [LibraryImport(Cairo)] internal static partial void cairo_surface_flush(nint surface);
    [LibraryImport(Cairo)] internal static partial void cairo_surface_destroy(nint surface);
    [LibraryImport(Cairo)] internal static partial nint cairo_create(nint surface);
    [LibraryImport(Cairo)] internal static partial void cairo_destroy(nint cairo);
    [LibraryImport(Cairo)] internal static partial void cairo_set_source_rgba(nint cairo, double red, double green, double blue, double alpha);
    [LibraryImport(Cairo)] internal static partial void cairo_set_tolerance(nint cairo, double tolerance);
    [LibraryImport(Cairo)] internal static partial void cairo_move_to(nint cairo, double x, double y);
    [LibraryImport(Cairo)] internal static partial void cairo_fill(nint cairo);
    [LibraryImport(Cairo)] internal static partial nint cairo_font_options_create();
    [LibraryImport(Cairo)] internal static partial void cairo_font_options_destroy(nint options);
    [LibraryImport(Cairo)] internal static partial void cairo_font_options_set_antialias(nint options, int antialias);
    [LibraryImport(Cairo)] internal static partial void cairo_font_options_set_hint_style(nint options, int style);
    [LibraryImport(Cairo)] internal static partial void cairo_font_options_set_hint_metrics(nint options, int metrics);

    [LibraryImport(GObject)] internal static partial void g_object_unref(nint thing);

    /// <summary>PangoLayoutLine, its public head.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Line
    {
        public nint Layout;
        public int Start;
        public int Length;
        public Link* Runs;
    }

    /// <summary>PangoRectangle.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Box
    {
        public int X;
        public int Y;
        public int Width;
        public int Height;
    }

    /// <summary>GSList.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Link
    {
        public Run* Run;
        public Link* Next;
    }

    /// <summary>PangoGlyphItem, its head.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Run
    {
        public Item* Item;
        public GlyphString* Glyphs;
    }

    /// <summary>PangoItem, its head: where it is in the text, in UTF-8.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Item
    {
        public int Offset;
        public int Length;
        public int Characters;
    }

    /// <summary>PangoGlyphString.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GlyphString
    {
        public int Count;
        public Glyph* Glyphs;
        public int* Clusters;
    }

    /// <summary>PangoGlyphInfo.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Glyph
    {
        /// <summary>Set where no font has a glyph (PANGO_GLYPH_UNKNOWN_FLAG).</summary>
        public const uint Unknown = 0x10000000;

        public uint Id;
        public int Width;
        public int OffsetX;
        public int OffsetY;
        public uint Attributes;
    }
}
