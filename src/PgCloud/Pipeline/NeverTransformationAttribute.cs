// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>Lets a moment be "never", or PostgreSQL's own word for it, "infinity".</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NeverTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string text
            && (text.Equals("never", StringComparison.OrdinalIgnoreCase) || text.Equals("infinity", StringComparison.OrdinalIgnoreCase))
            ? DateTimeOffset.MaxValue
            : inputData;
    }
}
