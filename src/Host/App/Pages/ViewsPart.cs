using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;

namespace Amble.App.Pages;

/// <summary>How often a page of ours was looked at, in words that change seldom: a page that is only read again stays what a reader has.</summary>
public static class ViewsPart
{
    public static Html Write(Views views) => views switch
    {
        { People: 0, Bots: 0 } => Html.None,
        { People: 0 } => Html.Of($"""<p class="sub">Not looked at by people yet; {Times(views.Bots)} by bots.</p>"""),
        { Bots: 0 } => Html.Of($"""<p class="sub">Looked at {Times(views.People)} by people.</p>"""),
        _ => Html.Of($"""<p class="sub">Looked at {Times(views.People)} by people, and {Times(views.Bots)} by bots.</p>"""),
    };

    private static string Times(long count) => count == 1 ? "once" : $"{CardLabels.Views(count)} times";
}
