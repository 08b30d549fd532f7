// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   Refuses an instance or connection that is not there, and says how it gets lost: what is sent into a session by Invoke-Command arrives
///   without the objects in it, since the protocol of remoting goes one level deep where the sending side knows no types of the module's.
/// </summary>
/// <param name="what">What it has to be.</param>
/// <param name="instead">What to send.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateCameAlongAttribute(string what, string instead) : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is null or "" or ICollection { Count: 0 } || (arguments is IEnumerable several and not string && several.Cast<object?>().Contains(null)))
        {
            throw new ValidationMetadataException(
                $"There is no {what} in it. Where it is a variable, it was never set, or by a command that gave nothing. "
                + $"An object that was sent into a session by Invoke-Command arrives without the objects in it: send {instead}.");
        }
    }
}
