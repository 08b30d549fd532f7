// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>Lets <c>-Session</c> take the name of a session of this runspace.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string name
            ? SessionTable.Current.All.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentTransformationMetadataException(PgErrors.SessionNotFound(name).Message)
            : inputData;
    }
}
