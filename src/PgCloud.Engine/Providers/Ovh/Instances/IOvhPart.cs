// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>What an instance has several of, such as databases and pools.</summary>
internal interface IOvhPart
{
    /// <summary>The API's id.</summary>
    string Id { get; }

    /// <summary>The name, which only one of them has.</summary>
    string Name { get; }
}
