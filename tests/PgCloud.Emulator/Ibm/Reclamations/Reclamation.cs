// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Reclamations;

/// <summary>A deletion that can be taken back for a time. Its id is not the instance's.</summary>
internal sealed class Reclamation
{
    internal string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    internal required Instance Instance { get; init; }

    internal required DateTimeOffset AppearsAt { get; init; }

    internal required DateTimeOffset Target { get; init; }

    internal required string Creator { get; init; }

    internal DateTimeOffset CreatedAt { get; } = EmulatorClock.Now;

    internal DateTimeOffset UpdatedAt { get; set; } = EmulatorClock.Now;

    internal string UpdatedBy { get; set; } = string.Empty;

    /// <summary>SCHEDULED, RESTORING or RECLAIMING.</summary>
    internal string State { get; set; } = "SCHEDULED";

    internal object View() => new
    {
        id = Id,
        entity_id = Instance.Guid,
        entity_type_id = "resource_instance",
        entity_crn = Instance.Crn,
        resource_instance_id = Instance.Guid,
        resource_group_id = Instance.ResourceGroup,
        account_id = Instance.Account,
        policy_id = "emulator-policy",
        state = State,
        target_time = IbmTime.Milliseconds(Target),
        custom_properties = new { },
        created_at = IbmTime.Milliseconds(CreatedAt),
        created_by = Creator,
        updated_at = IbmTime.Milliseconds(UpdatedAt),
        updated_by = UpdatedBy,
    };
}
