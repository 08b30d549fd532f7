// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;

/// <summary>An argument as it was given: a name, a value, or both.</summary>
internal sealed record Argument(string? Name, object? Value, bool HasValue) {
    internal static Argument Of(object? value) => new(null, value, true);
}
