using Amble.App.Cli;

namespace Amble.App.Pages;

/// <summary>The verdict in words, and under it what to mend, most harmful first.</summary>
public static class MendPart
{
    public static Html Verdict(Verdict verdict) => Html.Of($"""
        <section class="verdict {verdict.Tone}" aria-label="Verdict"><p class="headline">{verdict.Headline}</p><p>{verdict.Sentence}</p></section>
        """);

    public static Html Write(IReadOnlyList<Mend> mends) => mends.Count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="mend"><h2 id="mend">What to mend, most harmful first</h2>
        {mends.GroupBy(mend => mend.Harm).Select(Group)}</section>
        """);

    private static Html Group(IGrouping<Harm, Mend> group) => Html.Of($"""
        <h3 class="harm {Tone(group.Key)}">{Words(group.Key)}</h3>
        <ol class="mends {Tone(group.Key)}">{group.Select(Item)}</ol>
        """);

    private static Html Item(Mend mend) => Html.Of($"""
        <li><span class="count">{Least(mend, "≥")}{mend.Count}</span><div><h4>{mend.Name}</h4><p>{mend.Why} {mend.How}</p></div><a href="{mend.Link}" aria-label="List: {mend.Name}, {Least(mend, "at least ")}{Quantity.Number(mend.Count)}">See the list</a></li>
        """);

    private static string Least(Mend mend, string words) => mend.IsLeast ? words : "";

    private static string Tone(Harm harm) => harm switch
    {
        Harm.Lost => "bad",
        Harm.Hindered => "warn",
        _ => "calm",
    };

    private static string Words(Harm harm) => harm switch
    {
        Harm.Lost => "Readers get nothing",
        Harm.Hindered => "Readers wait, or do not find it",
        _ => "Could be better",
    };
}
