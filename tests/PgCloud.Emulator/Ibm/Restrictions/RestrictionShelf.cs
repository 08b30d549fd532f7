// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>The zones or the rules of the account. A change needs the ETag of what it replaces.</summary>
internal sealed class RestrictionShelf(string kind)
{
    /// <summary>How many an account may have; the real number is not in the sources.</summary>
    internal const int Most = 500;

    private readonly List<Restriction> _all = [];
    private long _last;

    internal string Kind => kind;

    /// <summary>All, shown already or not.</summary>
    internal IReadOnlyList<Restriction> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    internal Restriction Add(JsonObject content, string account, string creator, DateTimeOffset appearsAt, Action<IReadOnlyList<Restriction>> check)
    {
        lock (_all)
        {
            check(_all);
            if (_all.Count >= Most)
            {
                throw new IbmException(400, kind + "_limit_exceeded", $"The account has {Most} {kind}s already");
            }

            var made = new Restriction { Kind = kind, Account = account, Creator = creator, Content = content, AppearsAt = appearsAt, Order = ++_last };
            _all.Add(made);
            return made;
        }
    }

    internal Restriction Get(string id) => All.FirstOrDefault(r => r.Id == id && r.IsShown) ?? throw Missing(id);

    internal Restriction Replace(string id, string etag, JsonObject content, string by, Action<IReadOnlyList<Restriction>> check)
    {
        lock (_all)
        {
            Restriction found = _all.FirstOrDefault(r => r.Id == id && r.IsShown) ?? throw Missing(id);
            if (found.Race is { } race)
            {
                found.Race = null;
                found.Replace(race, "another client");
            }

            if (found.Etag != etag)
            {
                // The text is made up.
                throw new IbmException(412, "precondition_failed", $"The {kind} was changed by another call") { Target = ("header", "If-Match", etag) };
            }

            check([.. _all.Where(r => r != found)]);
            found.Replace(content, by);
            return found;
        }
    }

    internal void Remove(string id)
    {
        lock (_all)
        {
            _all.Remove(_all.FirstOrDefault(r => r.Id == id && r.IsShown) ?? throw Missing(id));
        }
    }

    // The text is the rules' (terraform-provider-ibm, pull request 5246).
    private IbmException Missing(string id) => new(404, $"{kind}_not_found_in_store", $"The {kind} '{id}' is not found in store.")
    {
        Target = ("parameter", $"{kind}_id", id),
    };
}
