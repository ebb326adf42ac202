using System.Text;
using Amble.Behaviours.Cards;

namespace Amble.PangoPainter;

/// <summary>A font map, a context and a layout of Pango: for one thread at a time.</summary>
internal sealed unsafe class PangoPen : IDisposable
{
    // Large enough that Pango's whole units, a 1024th of a pixel, are no matter.
    private const float MeasuredAt = 64;

    private readonly nint _config;
    private readonly nint _map;
    private readonly nint _context;
    private readonly nint _layout;
    private readonly nint _bold;
    private readonly nint _medium;

    public PangoPen(string fonts)
    {
        _config = FontSetup.Create(fonts);
        _map = Native.pango_cairo_font_map_new_for_font_type(Native.FontTypeFreeType);
        Native.pango_fc_font_map_set_config(_map, _config);
        _context = Native.pango_font_map_create_context(_map);
        Native.pango_cairo_context_set_resolution(_context, 72);
        var options = Native.cairo_font_options_create();
        Native.cairo_font_options_set_antialias(options, Native.AntialiasGray);
        Native.cairo_font_options_set_hint_style(options, Native.HintStyleNone);
        Native.cairo_font_options_set_hint_metrics(options, Native.HintMetricsOff);
        Native.pango_cairo_context_set_font_options(_context, options);
        Native.cairo_font_options_destroy(options);
        Native.pango_context_set_round_glyph_positions(_context, 0);
        _layout = Native.pango_layout_new(_context);
        Native.pango_layout_set_auto_dir(_layout, 0);
        Native.pango_layout_set_single_paragraph_mode(_layout, 1);
        _bold = Description(TextWeight.Bold, Native.WeightBold);
        _medium = Description(TextWeight.Medium, Native.WeightMedium);
    }

    public MeasuredText Measure(string text, TextWeight weight, bool runsLeft)
    {
        var bytes = Encoding.UTF8.GetBytes(text + '\0');
        var widths = new float[text.Length];
        bool[]? missing = null;
        Native.Box ink, logical;
        fixed (byte* utf8 = bytes)
        {
            var line = Lay(text, utf8, bytes.Length - 1, weight, MeasuredAt, runsLeft);
            for (var link = line->Runs; link is not null; link = link->Next) Add(link->Run, utf8, bytes, widths, text, ref missing);
            Native.pango_layout_line_get_extents(line, &ink, &logical);
        }
        return MeasuredText.Of(text, widths, missing, Em(logical.X - ink.X), Em(ink.X + ink.Width - logical.X - logical.Width));
    }

    public void Paint(IReadOnlyList<PlacedText> texts, CoveragePlane plane)
    {
        fixed (byte* pixels = plane.Pixels)
        {
            var surface = Native.cairo_image_surface_create_for_data(pixels, Native.FormatA8, CoveragePlane.Width, CoveragePlane.Height, CoveragePlane.Width);
            var cairo = Native.cairo_create(surface);
            Native.cairo_set_source_rgba(cairo, 0, 0, 0, 1);
            foreach (var text in texts)
            {
                var bytes = Encoding.UTF8.GetBytes(text.Text + '\0');
                fixed (byte* utf8 = bytes)
                {
                    var line = Lay(text.Text, utf8, bytes.Length - 1, text.Weight, text.Size, text.RunsLeft);
                    Native.cairo_move_to(cairo, text.X, text.Baseline);
                    Native.pango_cairo_layout_line_path(cairo, line);
                    Native.cairo_fill(cairo);
                }
            }
            Native.cairo_destroy(cairo);
            Native.cairo_surface_flush(surface);
            Native.cairo_surface_destroy(surface);
        }
    }

    public void Dispose()
    {
        Native.pango_font_description_free(_bold);
        Native.pango_font_description_free(_medium);
        Native.g_object_unref(_layout);
        Native.g_object_unref(_context);
        Native.g_object_unref(_map);
        Native.FcConfigDestroy(_config);
    }

    private Native.Line* Lay(string text, byte* utf8, int length, TextWeight weight, float size, bool runsLeft)
    {
        var description = weight == TextWeight.Bold ? _bold : _medium;
        Native.pango_font_description_set_absolute_size(description, size * Native.Scale);
        Native.pango_context_set_base_dir(_context, runsLeft ? Native.DirectionRightToLeft : Native.DirectionLeftToRight);
        Native.pango_context_set_language(_context, Native.pango_language_from_string(Scripts.HanLanguage(text) ?? "en"));
        Native.pango_layout_context_changed(_layout);
        Native.pango_layout_set_font_description(_layout, description);
        Native.pango_layout_set_text(_layout, utf8, length);
        return Native.pango_layout_get_line_readonly(_layout, 0);
    }

    // Widths come for each character of the run in the order in which they are read.
    private static void Add(Native.Run* run, byte* utf8, byte[] bytes, float[] widths, string text, ref bool[]? missing)
    {
        var item = run->Item;
        var unit = Encoding.UTF8.GetCharCount(bytes, 0, item->Offset);
        var first = unit;
        var logical = stackalloc int[item->Characters];
        Native.pango_glyph_item_get_logical_widths(run, utf8, logical);
        for (var i = 0; i < item->Characters; i++)
        {
            widths[unit] = Em(logical[i]);
            unit += char.IsHighSurrogate(text[unit]) ? 2 : 1;
        }
        for (var i = 0; i < run->Glyphs->Count; i++)
        {
            if ((run->Glyphs->Glyphs[i].Id & Native.Glyph.Unknown) == 0) continue;
            missing ??= new bool[text.Length];
            missing[first + Encoding.UTF8.GetCharCount(bytes, item->Offset, run->Glyphs->Clusters[i])] = true;
        }
    }

    private static float Em(int units) => units / Native.Scale / MeasuredAt;

    private static nint Description(TextWeight weight, int thickness)
    {
        var description = Native.pango_font_description_new();
        Native.pango_font_description_set_family(description, FontSetup.Families(weight));
        Native.pango_font_description_set_weight(description, thickness);
        return description;
    }
}
