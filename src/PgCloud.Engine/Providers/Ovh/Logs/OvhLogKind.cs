// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Logs;

/// <summary>The API's <c>dbaas.logs.LogKind</c>.</summary>
internal sealed record OvhLogKind
{
    public string Name { get; init; } = string.Empty;

    public string? DisplayName { get; init; }

    public string? KindId { get; init; }

    public IReadOnlyList<string>? AdditionalReturnedFields { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
