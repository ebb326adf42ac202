using System.Diagnostics.CodeAnalysis;

namespace Amble.Messages;

/// <summary>
/// Query parameters that tell who sent a visitor and never which page it is: they are no part of a page's identity. Names in any case,
/// separated by commas; a star at the end stands for all names that begin so.
/// </summary>
public sealed class TrackingParameters
{
    /// <summary>What is dropped where nothing else is set: the marks of the usual advertising, mail and analytics services.</summary>
    public const string Usual =
        "utm_*,gclid,gclsrc,dclid,gbraid,wbraid,fbclid,msclkid,yclid,ttclid,twclid,igshid,li_fat_id,mc_cid,mc_eid,mkt_tok,_ga,_gl,_hsenc,_hsmi";

    /// <summary>What is allowed, fit to follow "allowed is".</summary>
    public const string Allowed = "names of query parameters separated by commas, a * only at the end of a name (utm_*, gclid), or nothing";

    private static readonly TrackingParameters _usual = new(Usual.Split(','));
    private static TrackingParameters? _inForce;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;
    private readonly string[] _beginnings;
    private readonly string _text;

    private TrackingParameters(string[] written)
    {
        _names = new HashSet<string>(written.Where(name => name[^1] != '*'), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _beginnings = [.. written.Where(name => name[^1] == '*').Select(name => name[..^1])];
        _text = string.Join(',', written);
    }

    /// <summary>The list of this process.</summary>
    public static TrackingParameters InForce => _inForce ?? _usual;

    public static bool TryRead(string text, [NotNullWhen(true)] out TrackingParameters? parameters)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var isRight = names.All(name => name.AsSpan().IndexOfAny("&=#? ") < 0 && name.AsSpan(0, name.Length - 1).IndexOf('*') < 0 && name != "*");
        parameters = isRight ? new TrackingParameters(names) : null;
        return isRight;
    }

    /// <summary>Puts a list in force for good, before the first page is read: with two lists one page would have two names.</summary>
    /// <exception cref="InvalidOperationException">Another one is in force already.</exception>
    public static void Use(TrackingParameters parameters)
    {
        if (Interlocked.CompareExchange(ref _inForce, parameters, null) is { } other && other._text != parameters._text)
            throw new InvalidOperationException("The tracking parameters of a process are set once.");
    }

    /// <summary>Whether this parameter is left away.</summary>
    public bool Drops(ReadOnlySpan<char> name)
    {
        foreach (var beginning in _beginnings)
        {
            if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return _names.Contains(name);
    }

    public override string ToString() => _text;
}
