// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>A key of an instance: a user of its server.</summary>
internal sealed class ResourceKey
{
    internal long Order { get; set; }

    internal string Guid { get; } = System.Guid.NewGuid().ToString();

    internal required Instance Instance { get; init; }

    internal required string Name { get; set; }

    internal required ServiceRole Role { get; init; }

    internal required string Creator { get; init; }

    internal required string User { get; init; }

    internal required string Password { get; init; }

    /// <summary>Whether the user is one that the caller named, which the service neither makes nor removes.</summary>
    internal required bool IsExisting { get; init; }

    internal required DateTimeOffset AppearsAt { get; init; }

    internal DateTimeOffset CreatedAt { get; } = EmulatorClock.Now;

    internal DateTimeOffset? UpdatedAt { get; set; }

    internal DateTimeOffset? DeletedAt { get; set; }

    internal string DeletedBy { get; set; } = string.Empty;

    internal bool IsGone => DeletedAt is not null;

    internal bool IsShown => IsGone || EmulatorClock.Now >= AppearsAt;

    internal string Crn => Api.Crn.Of(Instance.Plan.Service, Instance.Region, Instance.Account, Instance.Guid, "resource-key", Guid);
}
