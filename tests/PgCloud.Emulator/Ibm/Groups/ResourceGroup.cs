// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Groups;

/// <summary>A resource group.</summary>
internal sealed class ResourceGroup
{
    internal string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    internal required string Name { get; set; }

    internal required string Account { get; init; }

    internal bool IsDefault { get; init; }

    internal DateTimeOffset CreatedAt { get; } = EmulatorClock.Now;

    internal DateTimeOffset UpdatedAt { get; set; } = EmulatorClock.Now;

    internal object View() => new
    {
        id = Id,
        crn = GroupList.CrnOf(Account, Id),
        account_id = Account,
        name = Name,
        state = "ACTIVE",
        @default = IsDefault,
        quota_id = "a3d7b8d01e261c24677937c29ab33f3c",
        quota_url = "/v2/quota_definitions/a3d7b8d01e261c24677937c29ab33f3c",
        payment_methods_url = $"/v2/resource_groups/{Id}/payment_methods",
        resource_linkages = Array.Empty<object>(),
        teams_url = $"/v2/resource_groups/{Id}/teams",
        created_at = IbmTime.Milliseconds(CreatedAt),
        updated_at = IbmTime.Milliseconds(UpdatedAt),
    };
}
