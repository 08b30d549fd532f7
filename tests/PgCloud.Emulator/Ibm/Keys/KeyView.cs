// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>A key as the resource controller tells it.</summary>
internal static class KeyView
{
    internal static object Of(ResourceKey key, object? credentials) => new
    {
        id = key.Crn,
        guid = key.Guid,
        url = "/v2/resource_keys/" + key.Guid,
        created_at = IbmTime.Fine(key.CreatedAt),
        updated_at = IbmTime.Fine(key.UpdatedAt ?? key.CreatedAt),
        deleted_at = IbmTime.Fine(key.DeletedAt),
        created_by = key.Creator,
        updated_by = string.Empty,
        deleted_by = key.DeletedBy,
        source_crn = key.Instance.Crn,
        name = key.Name,
        crn = key.Crn,
        state = key.IsGone ? "removed" : "active",
        account_id = key.Instance.Account,
        resource_group_id = key.Instance.ResourceGroup,
        resource_id = key.Instance.Plan.Service,
        onetime_credentials = key.Instance.OnetimeCredentials,
        credentials,
        iam_compatible = true,
        migrated = false,
        resource_instance_url = "/v2/resource_instances/" + key.Instance.Guid,
        resource_alias_url = (string?)null,
    };
}
