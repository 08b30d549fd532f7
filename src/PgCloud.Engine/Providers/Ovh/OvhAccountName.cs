// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh;

/// <summary>
///   Asks whose the credential is: credentials of one account share its pace. Nothing else hangs on it, so that whatever keeps the API from
///   answering is no error.
/// </summary>
internal static class OvhAccountName
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The account, as <c>xx1111-ovh</c>; <see langword="null"/> where the API does not tell.</summary>
    internal static async Task<string?> AskAsync(OvhClient client, IReporter reporter, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(Patience);
        try
        {
            // The API's schema for /auth: "Details about the current authentication"; auth.Details.account: "Customer identifier".
            string? account = (await client.GetAsync<Details>("/auth/details", reporter, end.Token)).Account;
            return string.IsNullOrEmpty(account) ? null : account;
        }
        catch (Exception exception) when (exception is PgCloudException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed record Details(string? Account);
}
