// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>
///   Every operation that changes something, met by every fault, so and so often. Each row has an emulator of its own; its cells follow one
///   another, and each has an instance of its own unless it needs a server.
/// </summary>
internal static class FaultMatrix
{
    // Most of a row's time is waiting: for time-outs, and for what Retry-After asks.
    private const int Parallelism = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    internal static IReadOnlyList<MatrixOperation> Operations { get; } = [.. OvhOperations.All, .. IbmOperations.All];

    /// <summary>Runs the cells of these operations.</summary>
    internal static async Task<IReadOnlyList<MatrixResult>> RunAsync(IEnumerable<MatrixOperation> operations)
    {
        using var secrets = new MatrixSecrets();
        var results = new ConcurrentBag<MatrixResult>();

        // Those with a server take longest: they begin first.
        await Parallel.ForEachAsync(
            operations.OrderByDescending(o => o.NeedsServer),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (operation, _) =>
            {
                try
                {
                    foreach (MatrixResult result in await RunRowAsync(operation, secrets))
                    {
                        results.Add(result);
                    }
                }
                catch (Exception failure)
                {
                    throw new InvalidOperationException($"{operation}: {failure.Message}", failure);
                }
            });
        return [.. results];
    }

    private static async Task<IReadOnlyList<MatrixResult>> RunRowAsync(MatrixOperation operation, MatrixSecrets secrets)
    {
        await using MatrixCloud cloud = await MatrixCloud.StartAsync(operation.NeedsServer);
        ICloudProvider admin = cloud.NewProvider(operation.Provider, isPatient: true).Cloud;
        (PgInstance? server, UserWithPassword? serverAdmin) = operation.NeedsServer ? await ServerAsync(operation.Provider, admin) : (null, null);
        int number = 0;
        (string before, string after) = await ReferAsync(operation, await NewCellAsync(CancellationToken.None), cloud.NewProvider(operation.Provider, isPatient: true));
        var results = new List<MatrixResult>();
        foreach (MatrixFault fault in MatrixFault.All)
        {
            foreach (MatrixCount count in MatrixCount.All)
            {
                results.Add(await RunCellAsync(new MatrixResult(operation, fault, count), NewCellAsync, secrets, before, after));
            }
        }

        return results;

        async Task<MatrixCell> NewCellAsync(CancellationToken end)
        {
            var cell = new MatrixCell
            {
                Cloud = cloud,
                Admin = admin,
                Instance = server ?? (await admin.FindInstanceAsync(await cloud.SeedAsync(operation.Provider), new Heard(), end))!,
                ServerAdmin = serverAdmin,
                Name = string.Create(CultureInfo.InvariantCulture, $"cell-{number++}"),
                End = end,
            };
            await operation.Prepare(cell);
            await SettleAsync(cell);
            return cell;
        }
    }

    // Nothing of what was prepared may still be under way.
    private static async Task SettleAsync(MatrixCell cell)
    {
        long begun = Stopwatch.GetTimestamp();
        while (await cell.Admin.FindInstanceAsync(cell.Instance.Id, cell.Heard, cell.End) is { Status: PgInstanceStatus.Updating or PgInstanceStatus.Creating }
            && Stopwatch.GetElapsedTime(begun) < Settling)
        {
            await Task.Delay(10, cell.End);
        }
    }

    // What one without a fault does says which states there are.
    private static async Task<(string Before, string After)> ReferAsync(MatrixOperation operation, MatrixCell cell, MatrixProvider provider)
    {
        string before = await operation.Look(cell);
        await operation.Run(cell, provider);
        string after = await operation.Look(cell);
        for (int same = 0; same < 20; same++)
        {
            // What it sets going ends after it.
            await Task.Delay(25);
            string seen = await operation.Look(cell);
            same = seen == after ? same : 0;
            after = seen;
        }

        await operation.Clear(cell);
        return (before, after);
    }

    private static async Task<MatrixResult> RunCellAsync(
        MatrixResult cellOf, Func<CancellationToken, Task<MatrixCell>> newCellAsync, MatrixSecrets secrets, string before, string after)
    {
        (MatrixOperation operation, MatrixFault fault, MatrixCount count) = (cellOf.Operation, cellOf.Fault, cellOf.Count);
        using var end = new CancellationTokenSource();
        MatrixCell cell = await newCellAsync(end.Token);
        var way = new RefusingWay();
        MatrixProvider provider = cell.Cloud.NewProvider(operation.Provider, isPatient: false, fault.IsOfTokens, fault.Text is null ? way : null);
        await WarmAsync(cell, provider.Cloud);
        if (fault.Text is null)
        {
            way.Refuse(count.Count);
        }
        else
        {
            await cell.Cloud.FailAsync(fault.Text, count);
        }

        long begun = Stopwatch.GetTimestamp();
        end.CancelAfter(Longest);
        Exception? failure = await Catch(() => operation.Run(cell, provider));
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        bool hangs = end.IsCancellationRequested;
        end.CancelAfter(Timeout.InfiniteTimeSpan);
        await cell.Cloud.HealAsync();
        string? flaw = hangs ? $"it hung: {failure?.Message}"
            : failure is not null and not PgCloudException { ErrorId: not "PgCloud.Unexpected" } ? $"the error has no type: {failure}"
            : await StateFlawAsync(operation, cell, failure is null, before, after)
                ?? secrets.FindIn($"{string.Join('\n', cell.Heard.Steps)}\n{failure}\n{(failure as PgCloudException)?.RecommendedAction}\n{(failure as PgCloudException)?.Target}");
        if (!hangs)
        {
            await operation.Clear(cell);
        }

        return cellOf with { ErrorId = (failure as PgCloudException)?.ErrorId, Took = took, Flaw = flaw };
    }

    // A session that has been used for a while has its token and knows the API's clock.
    private static async Task WarmAsync(MatrixCell cell, ICloudProvider provider)
    {
        for (int tries = 0; await Catch(() => provider.FindInstanceAsync(cell.Instance.Id, cell.Heard, cell.End)) is not null && tries < 20; tries++)
        {
            await Task.Delay(50);
        }
    }

    private static async Task<string?> StateFlawAsync(MatrixOperation operation, MatrixCell cell, bool isDone, string before, string after)
    {
        string[] allowed = isDone ? [after] : [before, after, .. operation.Between];
        string seen = await operation.Look(cell);
        long begun = Stopwatch.GetTimestamp();
        while (!allowed.Contains(seen) && Stopwatch.GetElapsedTime(begun) < Settling)
        {
            await Task.Delay(25);
            seen = await operation.Look(cell);
        }

        return allowed.Contains(seen) ? null : $"the state is '{seen}', and not one of '{string.Join("', '", allowed)}'";
    }

    private static async Task<(PgInstance Server, UserWithPassword? Admin)> ServerAsync(PgProviderName provider, ICloudProvider admin)
    {
        var heard = new Heard();
        PgInstance? server = await admin.CreateInstanceAsync(
            provider == PgProviderName.Ovh
                ? new NewInstanceRequest("server") { Region = "GRA", AuthorisedIps = [new AuthorisedIpRequest("127.0.0.1/32", null, null)] }
                : new NewInstanceRequest("server"),
            heard,
            CancellationToken.None);
        string id = server.Id;
        while (server?.Status != PgInstanceStatus.Ready)
        {
            await Task.Delay(50);
            server = await admin.FindInstanceAsync(id, heard, CancellationToken.None);
        }

        return (server, provider == PgProviderName.Ovh ? await admin.ResetPasswordAsync(server, "avnadmin", null, heard, CancellationToken.None) : null);
    }

    private static async Task<Exception?> Catch(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
