// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>Makes an object of the module again of one that came back from a job, another machine or a file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RevivedTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        DeserializedObject.Moment(inputData) is { } moment ? moment : DeserializedObject.Revive(inputData)!;
}
