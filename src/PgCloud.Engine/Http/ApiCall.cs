// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Http;

/// <summary>One call of an API.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Base">The API's URL, without a slash at its end.</param>
/// <param name="Path">What stands behind the base, with its query.</param>
/// <param name="Body">What is sent; <see langword="null"/> for nothing.</param>
/// <param name="Reporter">Hears of retries.</param>
internal sealed record ApiCall(HttpMethod Method, string Base, string Path, byte[]? Body, IReporter Reporter)
{
    internal const string Json = "application/json; charset=utf-8";

    internal const string Form = "application/x-www-form-urlencoded";

    /// <summary>The id that was sent along, by which the cloud's support finds the call; <see langword="null"/> where the API takes none.</summary>
    internal string? Id { get; init; }

    /// <summary>What the body is.</summary>
    internal string ContentType { get; init; } = Json;

    /// <summary>Headers beside the usual ones.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>
    ///   Whether doing it twice is the same as doing it once. Where it is not, a call whose end was not seen is not repeated.
    /// </summary>
    internal bool IsRepeatable { get; init; } = true;

    /// <summary>Whether an answer without a body is none.</summary>
    internal bool NeedsBody { get; init; }

    /// <summary>Whether it carries what proves who calls.</summary>
    internal bool IsAuthorised { get; init; } = true;

    /// <summary>Whether it changes something: fetching a token does not, though it is sent with POST.</summary>
    internal bool IsChange
    {
        get => field || (IsAuthorised && Method != HttpMethod.Get);
        init;
    }

    /// <summary>Where it goes.</summary>
    internal Uri Url => new(Base + Path);

    /// <summary>For messages: the query may hold what is nobody's business.</summary>
    public override string ToString() => $"{Method} {Path.Split('?')[0]}";

    /// <summary>The request; each attempt needs one of its own.</summary>
    internal HttpRequestMessage NewRequest()
    {
        var request = new HttpRequestMessage(Method, Url);
        if (Body is not null || Method == HttpMethod.Post)
        {
            // Even an empty one: a request without content is repeated by HttpClient itself when a kept connection has ended.
            request.Content = new ByteArrayContent(Body ?? []);
            if (Body is { Length: > 0 })
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
