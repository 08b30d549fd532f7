// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>Reads a URL. PowerShell's own conversion shows the text that is none, in which there may be a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UrlTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string text ? inputData!
        : Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? url) ? url
        : throw new ArgumentTransformationMetadataException("It is no URL, such as http://proxy.example:3128.");
}
