// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>How IBM Cloud's services answer; each has an error body of its own. The order of the fields is that of IBM's SDK.</summary>
internal sealed class IbmDialect : ApiDialect
{
    internal static IbmDialect Instance { get; } = new();

    /// <inheritdoc/>
    internal override string Name => "IBM Cloud";

    /// <inheritdoc/>
    internal override string? ClassOf(JToken? json) =>
        Text(FirstError(json), "code") ?? Text(json, "code") ?? Text(json, "error_code") ?? Text(json, "errorCode");

    /// <inheritdoc/>
    internal override string? WordsOf(JToken? json)
    {
        string? words = Text(FirstError(json), "message") ?? Text(json, "error") ?? Text(json, "message") ?? Text(json, "errorMessage");
        string? more = Text(json, "details") ?? Text(json, "errorDetails");
        return string.IsNullOrEmpty(more) || words?.Contains(more, StringComparison.Ordinal) == true ? words
            : string.IsNullOrEmpty(words) ? more
            : $"{words.TrimEnd('.')} ({more})";
    }

    /// <inheritdoc/>
    internal override string? QueryIdOf(HttpResponseHeaders headers, JToken? json) =>
        Text(json, "transaction_id")
        ?? Text(json, "trace")
        ?? Text((json as JObject)?["context"], "requestId")
        ?? Header(headers, "Transaction-Id", "X-Correlation-Id", "X-Request-Id", "Request-Id");

    private static JToken? FirstError(JToken? json) => (json as JObject)?["errors"] is JArray { Count: > 0 } errors ? errors[0] : null;
}
