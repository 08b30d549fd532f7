// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests;

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, JsonNode? Json, string Text, HttpResponseHeaders Headers)
{
    internal string? Class => (string?)Json?["class"];

    internal string? ErrorCode => (string?)Json?["errorCode"];

    internal Guid Id => (Guid)Json!["id"]!;

    /// <summary>The body of an answer that must be good.</summary>
    internal JsonNode Ok
    {
        get
        {
            Assert.True(Status == 200, $"{Status} {Text}");
            return Json!;
        }
    }

    /// <summary>The ids of a list.</summary>
    internal Guid[] Ids => [.. Ok.AsArray().Select(n => (Guid)n!)];
}
