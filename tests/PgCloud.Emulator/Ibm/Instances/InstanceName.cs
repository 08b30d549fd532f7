// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>"Must be 180 characters or less and cannot include any special characters other than (space) - . _ :"</summary>
internal static partial class InstanceName
{
    private const int Longest = 180;

    internal static string Check(string name) => name.Length <= Longest && Allowed().IsMatch(name)
        ? name
        : throw new IbmException(
            400, "bad_request", $"The name must be {Longest} characters or less and cannot include any special characters other than (space) - . _ :");

    [GeneratedRegex(@"\A[\p{L}\p{Nd} \-._:]+\z")]
    private static partial Regex Allowed();
}
