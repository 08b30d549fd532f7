// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>A network zone or a rule: what the caller sent, and what the service adds.</summary>
internal sealed class Restriction
{
    internal required string Kind { get; init; }

    internal required string Account { get; init; }

    internal required string Creator { get; init; }

    internal string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Its place in lists.</summary>
    internal required long Order { get; init; }

    internal required JsonObject Content { get; set; }

    internal required DateTimeOffset AppearsAt { get; init; }

    internal DateTimeOffset CreatedAt { get; } = EmulatorClock.Now;

    internal DateTimeOffset ModifiedAt { get; set; } = EmulatorClock.Now;

    internal string Modifier { get; set; } = string.Empty;

    internal int Revision { get; set; } = 1;

    /// <summary>What another client makes of it just before the next change.</summary>
    internal JsonObject? Race { get; set; }

    internal string Etag => string.Create(CultureInfo.InvariantCulture, $"\"{Revision}-{Id}\"");

    internal bool IsShown => EmulatorClock.Now >= AppearsAt;

    internal void Replace(JsonObject content, string by)
    {
        Content = content;
        ModifiedAt = EmulatorClock.Now;
        Modifier = by;
        Revision++;
    }

    /// <summary>What the service adds, around members of the kind.</summary>
    internal JsonObject View(JsonObject members)
    {
        members["id"] = Id;
        members["crn"] = Crn.Of("cbr", "global", Account, type: Kind, resource: Id);
        members["href"] = $"https://cbr.cloud.ibm.com/v1/{Kind}s/{Id}";
        members["created_at"] = IbmTime.Milliseconds(CreatedAt);
        members["created_by_id"] = Creator;
        members["last_modified_at"] = IbmTime.Milliseconds(ModifiedAt);
        members["last_modified_by_id"] = Modifier.Length > 0 ? Modifier : Creator;
        return members;
    }
}
