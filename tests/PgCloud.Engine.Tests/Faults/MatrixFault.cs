// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Tests.Faults;

/// <summary>A column of the matrix.</summary>
/// <param name="Name">Its words in the document.</param>
/// <param name="Text">The fault as the emulator is told it; <see langword="null"/> where no connection is made.</param>
internal sealed record MatrixFault(string Name, string? Text)
{
    /// <summary>What one attempt may take in the matrix: more where a server has to do something for it.</summary>
    internal static TimeSpan AttemptTimeout(bool hasServer) => TimeSpan.FromMilliseconds(hasServer ? 700 : 300);

    internal static IReadOnlyList<MatrixFault> All { get; } =
    [
        new("too late, not done", "delay=1200"),
        new("too late, but done", "late=1200"),
        new("429", "429"),
        new("429 with Retry-After", "429=1"),
        new("500", "500"),
        new("500, but done", "500-done"),
        new("502 HTML", "502-html"),
        new("503", "503"),
        new("503 HTML", "503-html"),
        new("refused", null),
        new("cut before the answer", "cut-before"),
        new("cut in the body", "cut-body"),
        new("broken JSON", "broken-json"),
        new("empty body", "empty"),
        new("JSON as text/plain", "type"),
        new("200 of another page", "200-html"),
        new("token ended", "token"),
        new("clock skew", "clock=10800"),
    ];

    /// <summary>Whether access tokens are what it is about.</summary>
    internal bool IsOfTokens => Text == "token";
}

/// <summary>How often a fault comes, and to which calls.</summary>
/// <param name="Name">Its words in the document.</param>
/// <param name="Count">How often; <see langword="null"/> for every time.</param>
/// <param name="Method">The calls that it comes to, as the emulator is told it.</param>
internal sealed record MatrixCount(string Name, int? Count, string Method)
{
    internal static IReadOnlyList<MatrixCount> All { get; } =
    [
        new("once", 1, "!GET"),
        new("three times", 3, "!GET"),
        new("for ever", null, "!GET"),
        new("for ever, to reads too", null, "*"),
    ];
}
