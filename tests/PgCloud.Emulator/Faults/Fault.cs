// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Emulator.Faults;

/// <summary>One thing that goes wrong.</summary>
internal enum FaultKind
{
    Delay,
    Late,
    TooManyRequests,
    InternalError,
    InternalErrorButDone,
    BadGateway,
    Unavailable,
    HtmlBadGateway,
    HtmlUnavailable,
    HtmlSuccess,
    CutBefore,
    CutBody,
    BrokenJson,
    EmptyBody,
    WrongType,
    TokenExpired,
    Clock,
}

/// <summary>A fault with its number: milliseconds of a delay, seconds of Retry-After, or of a clock that is off.</summary>
internal sealed record Fault(FaultKind Kind, double? Number)
{
    private static readonly Dictionary<string, FaultKind> Names = new()
    {
        ["delay"] = FaultKind.Delay,
        ["late"] = FaultKind.Late,
        ["429"] = FaultKind.TooManyRequests,
        ["500"] = FaultKind.InternalError,
        ["500-done"] = FaultKind.InternalErrorButDone,
        ["502"] = FaultKind.BadGateway,
        ["503"] = FaultKind.Unavailable,
        ["502-html"] = FaultKind.HtmlBadGateway,
        ["200-html"] = FaultKind.HtmlSuccess,
        ["503-html"] = FaultKind.HtmlUnavailable,
        ["cut-before"] = FaultKind.CutBefore,
        ["cut-body"] = FaultKind.CutBody,
        ["broken-json"] = FaultKind.BrokenJson,
        ["empty"] = FaultKind.EmptyBody,
        ["type"] = FaultKind.WrongType,
        ["token"] = FaultKind.TokenExpired,
        ["clock"] = FaultKind.Clock,
    };

    /// <summary>Reads <c>delay=500</c>, <c>429</c>, <c>429=2</c>, <c>clock=-10800</c> and so on; several are separated by commas.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    internal static IReadOnlyList<Fault> Parse(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseOne)];

    private static Fault ParseOne(string text)
    {
        string[] parts = text.Split('=', 2);
        return Names.TryGetValue(parts[0], out FaultKind kind)
            ? new Fault(kind, parts.Length == 2 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : null)
            : throw new FormatException($"'{text}' is not a fault. Faults: {string.Join(", ", Names.Keys)}");
    }
}
