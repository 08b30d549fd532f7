// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>One call of the API.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">What stands behind the API's base, with its query.</param>
/// <param name="Body">The JSON; <see langword="null"/> for none.</param>
/// <param name="Reporter">Hears of retries.</param>
internal sealed record OvhCall(HttpMethod Method, string Path, byte[]? Body, IReporter Reporter)
{
    /// <summary>
    ///   Whether doing it twice is the same as doing it once. Where it is not, a call whose end was not seen is not repeated.
    /// </summary>
    internal bool IsRepeatable { get; init; } = true;

    /// <summary>Whether it is signed or carries a token.</summary>
    internal bool IsAuthorised { get; init; } = true;

    /// <summary>Whether a list shall come as objects instead of ids.</summary>
    internal bool AsObjects { get; init; }

    /// <summary>For messages: the query may hold what is nobody's business.</summary>
    public override string ToString() => $"{Method} {Path.Split('?')[0]}";
}
