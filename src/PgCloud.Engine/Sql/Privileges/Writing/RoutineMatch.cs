// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>
///   Which routine a text means, by comparing it with what the server writes of each and never by taking it apart: name(argument types),
///   with and without spaces, or with the arguments' names and modes; or the name alone where only one routine has it.
/// </summary>
internal static class RoutineMatch
{
    /// <summary>The one that is meant; none where nothing matches.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.Ambiguous</c>.</exception>
    internal static IReadOnlyList<AclHolder> Of(string wanted, (ObjectRow Row, AclHolder Holder)[] candidates)
    {
        // A routine may be named f(integer): what is somebody's whole signature is not also somebody's bare name.
        (ObjectRow Row, AclHolder Holder)[] found = Array.FindAll(candidates, c => IsSignature(c.Row, wanted));
        if (found.Length == 0)
        {
            found = Array.FindAll(candidates, c => c.Row.Name == wanted);
        }

        return found.Length > 1
            ? throw PgErrors.RoutineAmbiguous(wanted, found.Select(f => f.Row.FullName))
            : [.. found.Select(f => f.Holder)];
    }

    private static bool IsSignature(ObjectRow row, string wanted) =>
        wanted == row.FullName
        || wanted == $"{row.Name}({row.Arguments!.Replace(", ", ",", StringComparison.Ordinal)})"
        || wanted == $"{row.Name}({row.Identity})";
}
