// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Completion;

/// <summary>Asks a cloud for candidates. Never throws, and gives up after two seconds: nobody waits longer for a completion.</summary>
internal static class CloudQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The answer; <see langword="null"/> where there is none.</summary>
    internal static T? Ask<T>(IDictionary? boundParameters, Func<PgCloudSession, CancellationToken, Task<T>> question)
        where T : class
    {
        object? given = boundParameters?["Session"];
        PgCloudSession? session = (given is PSObject wrapped ? wrapped.BaseObject : given) as PgCloudSession
            ?? SessionTable.Current.All.FirstOrDefault(s =>
                given is null ? s.IsDefault : string.Equals(s.Name, given.ToString(), StringComparison.OrdinalIgnoreCase));
        return session is null ? null : Ask(cancellation => question(session, cancellation));
    }

    /// <summary>The answer to a question that needs no session.</summary>
    internal static T? Ask<T>(Func<CancellationToken, Task<T>> question)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return Task.Run(() => question(patience.Token), patience.Token).WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is PgCloudException or OperationCanceledException or TimeoutException or IOException)
        {
            return null;
        }
    }
}
