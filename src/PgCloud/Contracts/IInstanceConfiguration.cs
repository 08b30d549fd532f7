// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Contracts;

/// <summary>The parameters of a server that a provider lets its customers set. They are compared first and written then.</summary>
public interface IInstanceConfiguration
{
    /// <summary>Reads every parameter that can be set, with its value where it is set.</summary>
    Task<IReadOnlyList<PgConfiguration>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Checks what is asked for against what is allowed and what is set; writes nothing.</summary>
    Task<IReadOnlyList<ConfigurationChange>> CompareAsync(
        PgInstance instance, IReadOnlyList<ConfigurationSetting> settings, IReporter reporter, CancellationToken cancellation);

    /// <summary>Writes the changes that were compared before, in one call, where any differs.</summary>
    Task<IReadOnlyList<PgConfiguration>> SetAsync(
        PgInstance instance, IReadOnlyList<ConfigurationChange> changes, IReporter reporter, CancellationToken cancellation);
}

/// <summary>A parameter and the value it shall have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">A number, true or false, or a text.</param>
public sealed record ConfigurationSetting(string Name, object Value);

/// <summary>What a setting comes to.</summary>
/// <param name="Setting">What was asked for.</param>
/// <param name="Present">The parameter as it is; <see langword="null"/> where there is none of that name.</param>
/// <param name="Text">The value as the provider writes it.</param>
/// <param name="Error">Why it cannot be set.</param>
public sealed record ConfigurationChange(ConfigurationSetting Setting, PgConfiguration? Present, string Text, PgCloudException? Error)
{
    /// <summary>Whether the parameter has another value now, or none.</summary>
    public bool IsDifferent { get; init; }
}
