using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>The pages of found URLs, and their places in a job's frontier.</summary>
internal abstract class LinkRows
{
    /// <summary>The page of a URL; made when it is not known.</summary>
    public abstract PageId PageOf(PageUrl url, DomainRow domain);

    /// <summary>False when the job has the page already.</summary>
    public abstract bool Insert(JobId job, NewUnit unit);

    /// <summary>Lets in a page that was out for a reason that may pass; false when it is not one.</summary>
    public abstract bool LetIn(JobId job, NewUnit unit);

    /// <summary>Somebody else has put the page into the job's frontier, or changed what it is there.</summary>
    public virtual void Took(JobId job, PageId page)
    {
    }

    /// <summary>Writes what is not written yet.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Ends the turn, or what was done in it is undone.</summary>
    public virtual void Forget()
    {
    }
}

/// <param name="Why">Null when it is open.</param>
internal readonly record struct NewUnit(
    PageId Page, DomainRow Domain, UnitKind Kind, ExclusionReason? Why, int Depth, int Hops, long DueAt, PageId? Source, string? Anchor)
{
    /// <summary>It is out for a reason that may pass: too deep, too many redirects, no room.</summary>
    public bool MayComeIn => Kind == UnitKind.Page && Why is ExclusionReason.Depth or ExclusionReason.TooManyRedirects or ExclusionReason.PageLimit;
}
