// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>An instance's name, which is its description at the API.</summary>
internal static class InstanceDescription
{
    // The API states no bound; a name that cannot be read on one line of a table is of no use.
    private const int Longest = 255;

    /// <summary>Refuses a name that nobody could use.</summary>
    internal static void Check(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > Longest || name.Any(char.IsControl) || name != name.Trim())
        {
            throw PgErrors.InstanceDescriptionInvalid(name, Longest);
        }
    }
}
