// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Api;

/// <summary>Something with an id that comes and goes.</summary>
internal interface IShelved
{
    Guid Id { get; }

    /// <summary>Whether the API shows it now.</summary>
    bool IsShown { get; }

    /// <summary>Whether it will never be shown again.</summary>
    bool IsGone { get; }
}

/// <summary>The things of one kind that a service has, in the order in which they were made.</summary>
internal sealed class Shelf<T>
    where T : class, IShelved
{
    private readonly List<T> _all = [];

    /// <summary>What the API shows.</summary>
    internal IReadOnlyList<T> Shown => [.. Present.Where(t => t.IsShown)];

    /// <summary>What is there, shown already or not.</summary>
    internal IReadOnlyList<T> Present
    {
        get
        {
            lock (_all)
            {
                _all.RemoveAll(t => t.IsGone);
                return [.. _all];
            }
        }
    }

    internal T Add(T item)
    {
        lock (_all)
        {
            _all.Add(item);
        }

        return item;
    }

    /// <summary>Adds it unless another is in its way.</summary>
    internal bool TryAdd(T item, Func<T, bool> isInTheWay)
    {
        lock (_all)
        {
            if (_all.Any(t => !t.IsGone && isInTheWay(t)))
            {
                return false;
            }

            _all.Add(item);
            return true;
        }
    }

    internal void Remove(T item)
    {
        lock (_all)
        {
            _all.Remove(item);
        }
    }

    internal T? Find(Guid id) => Shown.FirstOrDefault(t => t.Id == id);
}
