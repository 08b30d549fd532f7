// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.RegularExpressions;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>
///   What the database service itself, the broker, said; the resource controller hands it on inside a sentence of its own:
///   <c>The broker for '…' service returned error, [400, Bad Request] invalid members '5', allowed values: 2, 3. If this is unexpected, …</c>
/// </summary>
/// <param name="Status">The HTTP status of the broker.</param>
/// <param name="Words">Its words alone.</param>
internal sealed partial record IbmBrokerError(int Status, string Words)
{
    /// <summary>The broker's error in a message; <see langword="null"/> where there is none.</summary>
    internal static IbmBrokerError? Read(string? message)
    {
        if (message is null)
        {
            return null;
        }

        if (Bracketed().Match(message) is { Success: true } bracketed)
        {
            return new IbmBrokerError(Number(bracketed), Advice().Replace(bracketed.Groups["words"].Value, string.Empty).Trim());
        }

        return Bare().Match(message) is { Success: true } bare ? new IbmBrokerError(Number(bare), message) : null;
    }

    private static int Number(Match match) => int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:^|\breturned error,\s*)\[(?<status>\d{3}),[^\]]*\]\s*(?<words>.+)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"broker returned error status code (?<status>\d{3})", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();

    // Who wants support finds the transaction id in the error.
    [GeneratedRegex(@"\s*If this is unexpected, open a support ticket[^.]*\.", RegexOptions.IgnoreCase)]
    private static partial Regex Advice();
}
