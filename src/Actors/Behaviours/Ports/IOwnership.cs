using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>
/// Who may ask a domain (DESIGN.md section 4, S-5). A node owns domains under one epoch: one lease that it keeps renewing. An epoch whose
/// lease has lapsed is lost for good, whatever was owned under it; the node takes another and claims anew.
/// </summary>
public interface IOwnership
{
    /// <summary>Claims a domain for this node; one that it owns already is granted again. May wait for the store.</summary>
    /// <exception cref="StoreUnavailableException">It is unknown whether it was granted: claim again.</exception>
    Claim Claim(DomainName domain);

    /// <summary>Whether this node may ask under that epoch at this moment, from memory. Once false for an epoch, it stays false.</summary>
    bool Holds(long epoch);

    /// <summary>Gives a domain back: whoever claims it next need not wait. Nothing is under way to it any more. May wait for the store.</summary>
    void Release(Hold hold);

    /// <summary>An epoch is lost, with the epoch: forget whoever lives under it. What they still wanted to ask is not asked.</summary>
    event Action<long>? Lost;
}

/// <summary>One granted claim.</summary>
/// <param name="Number">Of the claim within its epoch: who gives back an older one gives nothing back.</param>
public readonly record struct Hold(DomainName Domain, long Epoch, long Number);

/// <summary>The answer to a claim.</summary>
public abstract record Claim
{
    private Claim() { }

    /// <param name="Moved">Somebody else owned it before, who may have asked until this moment.</param>
    public sealed record Granted(Hold Hold, bool Moved) : Claim;

    /// <summary>Claim again after that long.</summary>
    /// <param name="Reason">One sentence for people.</param>
    public sealed record Wait(TimeSpan For, string Reason) : Claim;
}

/// <summary>One process is all there is: what it claims is its own.</summary>
public sealed class SoleOwnership : IOwnership
{
    public static SoleOwnership Instance { get; } = new();

    public event Action<long>? Lost { add { } remove { } }

    public Claim Claim(DomainName domain) => new Claim.Granted(new Hold(domain, 0, 0), Moved: false);

    public bool Holds(long epoch) => true;

    public void Release(Hold hold) { }
}
