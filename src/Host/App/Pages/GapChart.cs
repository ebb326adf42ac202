using System.Globalization;
using System.Text;
using Amble.App.Cli;
using Amble.Behaviours.Inspection;
using Amble.Behaviours.Politeness;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>
/// How far apart a domain's requests were, over time: a line through the shortest gaps, a stroke from there to the longest ones, and behind
/// them bands where the site refused and where it was left alone. Gaps are on a logarithmic scale, since they go from hundredths of a second
/// to minutes. Positions are shares of the width, so that text keeps its size on a phone.
/// </summary>
public static class GapChart
{
    private const int Height = 214;
    private const int Top = 14;
    private const int Room = 160;
    private const int Floor = Top + Room;

    /// <summary>The width that lines are drawn in, whatever width there is.</summary>
    private const int Units = 1000;

    /// <summary>Nothing is drawn narrower, in percent.</summary>
    private const double Narrowest = 0.4;

    /// <param name="number">Of the chart on its page.</param>
    public static Html Write(DomainPoliteness of, int number)
    {
        if (!PictureText.TryRead(of.Picture, out var picture) || picture.Columns.All(column => column.Least is null)) return Html.None;
        var whole = Whole(of, picture);
        var scale = GapScale.Of(picture.Columns.Select(column => column.Least).Concat(picture.Columns.Select(column => column.Greatest)).OfType<TimeSpan>());
        var id = $"gaps{number}";
        return Html.Of($"""
            <div class="gaps"><svg class="gaps" width="100%" height="{Height.ToString()}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">Gaps between requests to {of.Domain.Value} over time</title><desc id="{id}-desc">{PolitenessWords.Sentence(of)}</desc>
            {Bands("blocked", picture.Blocks, of.FirstAt, whole)}{Bands("refusing", picture.Refusals, of.FirstAt, whole)}{Bands("hatch", picture.Blocks, of.FirstAt, whole)}{scale.Ticks.Select(tick => Tick(tick, scale))}
            <svg y="{Top.ToString()}" width="100%" height="{Room.ToString()}" viewBox="0 0 {Units.ToString()} {Room.ToString()}" preserveAspectRatio="none"><path class="spread" d="{Spread(picture, whole, scale)}"></path><path class="least" d="{Least(picture, whole, scale)}"></path></svg>
            <text class="from" x="0" y="{(Floor + 20).ToString()}">{Clock(of.FirstAt, whole)}</text><text class="to" x="100%" y="{(Floor + 20).ToString()}">{Clock(of.FirstAt + whole, whole)}</text></svg>
            {Legend(picture)}</div>
            """);
    }

    private static TimeSpan Whole(DomainPoliteness of, PolitenessPicture picture)
    {
        var ends = picture.Refusals.Concat(picture.Blocks).Select(band => band.To).Append(of.LastAt - of.FirstAt).Append(picture.Width);
        return ends.Max();
    }

    private static IEnumerable<Html> Bands(string look, IReadOnlyList<TimeBand> bands, DateTimeOffset origin, TimeSpan whole) => bands.Select(band =>
    {
        var width = Math.Max(Narrowest, 100 * ((band.To - band.From) / whole));
        var at = Math.Min(100 * (band.From / whole), 100 - width);
        return Html.Of($"""<rect class="{look}" x="{Bars.Percent(at)}" width="{Bars.Percent(width)}" y="{Top.ToString()}" height="{Room.ToString()}"{Hatch(look)}><title>{Words(look, band)}, {Clock(origin + band.From, whole)}</title></rect>""");
    });

    // By a texture: it is seen above a refusal, and without colours.
    private static Html Hatch(string look) => look == "hatch" ? Html.Of($""" fill="url(#t-broken)" """) : Html.None;

    private static string Words(string look, TimeBand band) => look != "refusing"
        ? $"Left alone for {PolitenessWords.Span(band.To - band.From)}" : $"{Quantity.Of(band.Count, "request")} refused, quiet within {PolitenessWords.Within(band.To - band.From)}";

    private static Html Tick(TimeSpan at, GapScale scale)
    {
        var y = Top + Room * (1 - scale.Of(at));
        return Html.Of($"""<line class="tick" x1="0" x2="100%" y1="{Short(y)}" y2="{Short(y)}"></line><text class="tick" x="0" y="{Short(y - 4)}">{Ticked(at)}</text>""");
    }

    private static string Spread(PolitenessPicture picture, TimeSpan whole, GapScale scale)
    {
        var path = new StringBuilder();
        foreach (var column in picture.Columns.Where(column => column.Greatest is not null))
            path.Append(CultureInfo.InvariantCulture, $"M{Short(X(column, picture, whole))} {Short(Y(column.Least!.Value, scale))}V{Short(Y(column.Greatest!.Value, scale))}");
        return path.ToString();
    }

    /// <summary>One line as long as column follows on column; a gap that is longer than a column ends one and begins another.</summary>
    private static string Least(PolitenessPicture picture, TimeSpan whole, GapScale scale)
    {
        var path = new StringBuilder();
        var before = -2;
        foreach (var column in picture.Columns.Where(column => column.Least is not null))
        {
            var follows = picture.Width * (column.Number - before - 1) <= column.Least!.Value + picture.Width;
            path.Append(before >= 0 && follows ? 'L' : 'M').Append(Short(X(column, picture, whole))).Append(' ').Append(Short(Y(column.Least.Value, scale)));
            // A place of its own is drawn as a dot.
            if (before < 0 || !follows) path.Append("h0");
            before = column.Number;
        }
        return path.ToString();
    }

    private static double X(GapColumn column, PolitenessPicture picture, TimeSpan whole) => Math.Min(Units - 1, Math.Max(1, Units * (picture.Width * (column.Number + 0.5) / whole)));

    private static double Y(TimeSpan gap, GapScale scale) => Room * (1 - scale.Of(gap));

    private static Html Legend(PolitenessPicture picture)
    {
        var refusing = picture.Refusals.Count > 0 ? Html.Of($"""<li>{Key("refusing")}refused until quiet</li>""") : Html.None;
        var blocked = picture.Blocks.Count > 0 ? Html.Of($"""<li>{Key("blocked", "hatch")}left alone</li>""") : Html.None;
        return Html.Of($"""<ul class="legend"><li>{Line("least")}shortest gap from start to start</li><li>{Line("spread")}up to the longest</li>{refusing}{blocked}</ul>""");
    }

    private static Html Key(params string[] looks) => Html.Of($"""
        <svg class="key gaps" width="12" height="12" aria-hidden="true" focusable="false">{looks.Select(look => Html.Of($"""<rect class="{look}" width="12" height="12"{Hatch(look)}></rect>"""))}</svg>
        """);

    private static Html Line(string look) => Html.Of($"""<svg class="key gaps" width="16" height="12" aria-hidden="true" focusable="false"><path class="{look}" d="M1 6H15"></path></svg>""");

    private static string Ticked(TimeSpan at) => at switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0.###} s"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{at.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{at.TotalHours:0} h"),
    };

    private static string Clock(DateTimeOffset at, TimeSpan whole) =>
        at.UtcDateTime.ToString(whole.TotalHours < 20 ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
