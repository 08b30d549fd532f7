// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   Has PowerShell make an object of the module, or an argument that takes one, of what came back from a job, another machine or a file.
/// </summary>
public sealed class DeserializedObjectConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType)
    {
        ArgumentNullException.ThrowIfNull(destinationType);
        return DeserializedObject.TypeOf(sourceValue) is { } type && (type == destinationType || destinationType.GetConstructor([type]) is not null);
    }

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(destinationType);
        object? made = DeserializedObject.Revive(sourceValue);
        return made switch
        {
            null or PSObject => throw new PSInvalidCastException($"The {destinationType.Name} that was deserialised is not whole."),
            _ when destinationType.IsInstanceOfType(made) => made,
            _ => Activator.CreateInstance(destinationType, made)!,
        };
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();
}
