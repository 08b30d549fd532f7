// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Builds the statements about a role's settings.</summary>
internal static class RoleSettingSql
{
    /// <summary>Refuses what cannot be a setting, before anything is sent.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.SettingInvalid</c>.</exception>
    internal static void Check(IEnumerable<RoleSettingRequest> settings)
    {
        foreach (RoleSettingRequest setting in settings)
        {
            // A parameter of an extension has a dot between two names.
            foreach (string part in setting.Name.Split('.'))
            {
                if (PgNames.FlawOf(part) is { } flaw)
                {
                    throw PgErrors.RoleSettingInvalid(setting.Name, $"of its name, {flaw}");
                }
            }

            if (setting.Value is not null)
            {
                SettingValue.ToSend(setting);
            }
        }
    }

    /// <summary>What is to be sent so that the settings are as asked; nothing for those that are.</summary>
    /// <param name="role">The role's name.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="present">The settings there are.</param>
    internal static IEnumerable<SqlStatement> Differences(string role, RoleRequest request, IReadOnlyList<PgRoleSetting> present)
    {
        string alter = $"ALTER ROLE {PgNames.Quote(role)}"
            + (request.SettingsDatabase is { } database ? $" IN DATABASE {PgNames.Quote(database)}" : string.Empty);
        foreach (RoleSettingRequest setting in request.Settings)
        {
            string name = string.Join('.', setting.Name.Split('.').Select(PgNames.Quote));
            PgRoleSetting? kept = present.FirstOrDefault(
                s => s.Database == request.SettingsDatabase && s.Name.Equals(setting.Name, StringComparison.OrdinalIgnoreCase));
            if (setting.Value is null)
            {
                if (kept is not null)
                {
                    yield return $"{alter} RESET {name}";
                }

                continue;
            }

            IReadOnlyList<string> value = SettingValue.ToSend(setting);
            if (kept is null || !SettingValue.IsKept(setting.Name, kept.Value, value))
            {
                yield return $"{alter} SET {name} TO {string.Join(", ", value.Select(SqlText.Literal))}";
            }
        }
    }
}
