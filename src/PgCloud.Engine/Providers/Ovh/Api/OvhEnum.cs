// SPDX-License-Identifier: MIT

using Newtonsoft.Json;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   One of the API's words, such as <c>LOCKED_UPDATING</c>. The API gains words over time: one that is not known here is kept as it is.
/// </summary>
[JsonConverter(typeof(ApiWordConverter))]
internal readonly record struct OvhEnum<T>(string Text)
    where T : struct, Enum
{
    /// <summary>The member of that name, written without underscores; <see langword="null"/> where there is none.</summary>
    internal T? Known => ApiWords<T>.Find(Text);

    /// <summary>The member's name, for people; a word that is not known here as it is.</summary>
    internal string Readable => Known?.ToString() ?? ToString();

    /// <summary>The API's word.</summary>
    public override string ToString() => Text ?? string.Empty;
}
