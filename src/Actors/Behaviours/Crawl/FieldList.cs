namespace Amble.Behaviours.Crawl;

/// <summary>A field value that is a list: members apart by commas, except within quotes (RFC 9110 section 5.6.1).</summary>
internal static class FieldList
{
    /// <summary>More members are a mistake or an attack.</summary>
    private const int Most = 50;

    public static List<string> Split(ReadOnlySpan<char> value)
    {
        var members = new List<string>();
        var (from, quoted) = (0, false);
        for (var i = 0; i <= value.Length && members.Count < Most; i++)
        {
            if (i < value.Length && value[i] == '"') quoted = !quoted;
            else if (i < value.Length && quoted && value[i] == '\\') i++;
            if (i < value.Length && (quoted || value[i] != ',')) continue;
            var member = value[from..Math.Min(i, value.Length)].Trim();
            if (!member.IsEmpty) members.Add(member.ToString());
            from = Math.Min(i + 1, value.Length);
        }
        return members;
    }
}
