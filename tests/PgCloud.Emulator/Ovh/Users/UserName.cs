// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Users;

/// <summary>Which names users may have: the rule of the control panel, since that of the API is not in the sources.</summary>
internal static partial class UserName
{
    private const int Shortest = 3;
    private const int Longest = 32;

    internal static string Check(string name)
    {
        string forbidden = string.Concat(name.Where(c => !Allowed().IsMatch(c.ToString())).Distinct());
        return forbidden.Length > 0 ? throw ApiErrors.BadRequest("UserInvalidNameFormat", $"Username cannot contain any of '{forbidden}'")
            : name.Length is < Shortest or > Longest ? throw ApiErrors.BadRequest($"Username must have {Shortest} to {Longest} characters")
            : name;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]\z")]
    private static partial Regex Allowed();
}
