using System.Collections.Concurrent;
using Amble.Behaviours.Runtime;

namespace Amble.Local;

/// <summary>The living entities of one kind, by key. Whoever is spoken to lives; whoever sleeps is forgotten.</summary>
internal sealed class Entities<TState>(IBehaviour<TState> behaviour, Func<string, Entities<TState>, ISurroundings> surround) : IEntities
{
    private readonly ConcurrentDictionary<string, Entity<TState>> _living = new(StringComparer.Ordinal);
    private volatile bool _killed;

    public int Count => _living.Count;

    /// <summary>Those that live, in no order.</summary>
    public IEnumerable<string> Keys => _living.Select(one => one.Key);

    public bool IsAwake(string key) => _living.ContainsKey(key);

    /// <summary>Speaks to the entity, which is born if it does not live.</summary>
    public void Post(string key, object message)
    {
        while (!_killed)
        {
            var entity = _living.GetOrAdd(key, static (k, all) => new Entity<TState>(k, all.Behaviour, all.Surround(k)), this);
            if (entity.Post(message)) return;
            // It closed between the look-up and the post; the next one is another.
            _living.TryRemove(new KeyValuePair<string, Entity<TState>>(key, entity));
        }
    }

    /// <summary>Speaks to the entity only if it lives.</summary>
    public bool TryPost(string key, object message) => _living.TryGetValue(key, out var entity) && entity.Post(message);

    public bool Forget(string key)
    {
        if (!_living.TryGetValue(key, out var entity) || !entity.TryClose()) return false;
        _living.TryRemove(new KeyValuePair<string, Entity<TState>>(key, entity));
        return true;
    }

    /// <summary>Ends a life in order: its domain is given back once nothing of it is under way.</summary>
    public void Leave(string key)
    {
        if (_living.TryRemove(key, out var entity)) entity.Leave();
    }

    /// <summary>Ends all that own their domain under an epoch that is lost.</summary>
    public void EndUnder(long epoch)
    {
        foreach (var (key, entity) in _living)
        {
            if (!entity.LivesUnder(epoch)) continue;
            entity.End();
            _living.TryRemove(new KeyValuePair<string, Entity<TState>>(key, entity));
        }
    }

    public void Remove(string key) => _living.TryRemove(key, out _);

    public void Kill()
    {
        _killed = true;
        foreach (var entity in _living.Values) entity.Kill();
        _living.Clear();
    }

    private IBehaviour<TState> Behaviour => behaviour;

    private ISurroundings Surround(string key) => surround(key, this);
}

internal interface IEntities
{
    /// <summary>The entity went to sleep: it is forgotten if nobody has spoken to it since; whether it was.</summary>
    bool Forget(string key);

    /// <summary>The entity crashed.</summary>
    void Remove(string key);
}
