namespace Amble.Messages;

/// <summary>One crawl of one start URL; numbered by the writer from 1.</summary>
public readonly record struct JobId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A URL that Amble knows; numbered by the writer from 1.</summary>
public readonly record struct PageId(long Value);

/// <summary>One piece of work that a job waits for: one page, robots.txt or sitemap file of that job.</summary>
public readonly record struct UnitKey(JobId Job, PageId Page);
