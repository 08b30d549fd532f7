// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Completion;

/// <summary>
///   Completes names out of the server's catalog, over the connection that is given with -Connection. Never throws, never asks, and gives up
///   after two seconds.
/// </summary>
public abstract class CatalogCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        object? given = fakeBoundParameters?["Connection"];
        if (given is null || ConnectionTransformationAttribute.Find(given) is not PgConnection { Credential: not null } connection)
        {
            return [];
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return Completions.Matching(
                wordToComplete,
                Task.Run(() => ReadAsync((connection.Origin ?? connection).ToSqlTarget(), patience.Token), patience.Token)
                    .WaitAsync(Patience)
                    .GetAwaiter().GetResult());
        }
        catch (Exception exception) when (exception is PgCloudException or OperationCanceledException or TimeoutException or IOException)
        {
            return [];
        }
    }

    private protected abstract Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(ISqlSession session, CancellationToken cancellation);

    private async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(SqlTarget target, CancellationToken cancellation)
    {
        await using ISqlSession session = await EngineLoadContext.Engine.OpenSqlAsync(
            target with { ConnectTimeout = Patience }, new Silence(), cancellation);
        return await ReadAsync(session, cancellation);
    }
}
