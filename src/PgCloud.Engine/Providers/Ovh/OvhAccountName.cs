// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh;

/// <summary>
///   Asks whose the credential is, beside the first calls of a session: credentials of one account share its pace. Nothing else hangs on it, so that
///   whatever keeps the API from answering is no error.
/// </summary>
internal sealed class OvhAccountName : IAsyncDisposable
{
    // How much longer than the session's other first calls it may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end;
    private readonly Task<string?> _name;

    /// <summary>Begins to ask.</summary>
    internal OvhAccountName(OvhClient client, IReporter reporter, CancellationToken cancellation)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _name = AskAsync(client, reporter, _end.Token);
    }

    /// <summary>Ends what is still under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _name;
        _end.Dispose();
    }

    /// <summary>The account, as <c>xx1111-ovh</c>; <see langword="null"/> where the API does not tell.</summary>
    internal async Task<string?> ReadAsync()
    {
        _end.CancelAfter(Patience);
        return await _name;
    }

    // GET /auth/details, the API's schema for /auth: "Details about the current authentication", auth.Details.account: "Customer identifier".
    private static async Task<string?> AskAsync(OvhClient client, IReporter reporter, CancellationToken cancellation)
    {
        try
        {
            string? account = (await client.GetAsync<Details>("/auth/details", reporter, cancellation)).Account;
            return string.IsNullOrEmpty(account) ? null : account;
        }
        catch (Exception exception) when (exception is PgCloudException or OperationCanceledException)
        {
            return null;
        }
    }

    private sealed record Details(string? Account);
}
