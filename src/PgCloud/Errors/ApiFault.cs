// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

/// <summary>What a cloud's API answered in place of what was wanted.</summary>
/// <param name="Call">The method and the path.</param>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
/// <param name="Class">The API's name for the error.</param>
/// <param name="Message">The API's own words, without secrets.</param>
/// <param name="QueryId">The id by which the cloud's support finds the call.</param>
internal sealed record ApiFault(string Call, int Status, string? Class, string? Message, string? QueryId)
{
    /// <summary>What the cloud calls that id.</summary>
    internal string IdName { get; init; } = "query id";

    /// <summary>All of it in one line, to follow the words of the module.</summary>
    internal string Detail => $"{Call}: {Answer}";

    /// <summary>The same without the call.</summary>
    internal string Answer
    {
        get
        {
            string[] head = [.. Status == 0 ? [] : new[] { Status.ToString(CultureInfo.InvariantCulture) }, .. Class is null ? [] : new[] { Class }];
            string end = (head.Length, Message) switch
            {
                (0, null) => "there was no answer",
                (0, _) => Message!,
                (_, null) => string.Join(' ', head),
                _ => $"{string.Join(' ', head)}: {Message}",
            };
            return $"{end.TrimEnd('.')}{(QueryId is null ? string.Empty : $" ({IdName} {QueryId})")}.";
        }
    }
}
