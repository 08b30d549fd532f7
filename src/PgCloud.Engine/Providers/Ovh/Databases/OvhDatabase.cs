// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Databases;

/// <summary>The API's <c>service.Database</c>.</summary>
internal sealed record OvhDatabase : IOvhPart
{
    public string Id { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public bool Default { get; init; }
}
