// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Catalog;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>One instance of a service. What changes together is changed and read under <see cref="Sync"/>.</summary>
internal sealed class Instance
{
    private Task _serverWork = Task.CompletedTask;

    internal object Sync { get; } = new();

    /// <summary>Its place in lists.</summary>
    internal long Order { get; set; }

    internal string Guid { get; } = System.Guid.NewGuid().ToString();

    internal required string Account { get; init; }

    internal required Plan Plan { get; init; }

    internal required string Region { get; init; }

    internal required string ResourceGroup { get; init; }

    internal required string Name { get; set; }

    internal required string Creator { get; init; }

    internal JsonObject Parameters { get; set; } = [];

    internal InstanceSpec Spec { get; set; } = new();

    internal bool AllowCleanup { get; set; }

    internal bool OnetimeCredentials { get; set; }

    internal bool Locked { get; set; }

    internal DateTimeOffset CreatedAt { get; init; } = EmulatorClock.Now;

    internal DateTimeOffset? UpdatedAt { get; set; }

    internal DateTimeOffset? DeletedAt { get; set; }

    internal string DeletedBy { get; set; } = string.Empty;

    internal DateTimeOffset? ScheduledReclaimAt { get; set; }

    internal DateTimeOffset? RestoredAt { get; set; }

    internal string RestoredBy { get; set; } = string.Empty;

    internal string State { get; set; } = "provisioning";

    internal LastOperation LastOperation { get; set; } = new("create", LastOperation.InProgress, "Started create instance operation");

    /// <summary>The server behind it; <see langword="null"/> while it is being made, when it is removed, and for what has none.</summary>
    internal ServiceServer? Server { get; set; }

    /// <summary>What a backup instance holds.</summary>
    internal Backup? Backup { get; init; }

    internal string Crn => Api.Crn.Of(Plan.Service, Region, Account, Guid);

    internal bool IsGone => State == "removed";

    /// <summary>Whether something is being done to it.</summary>
    internal bool IsBusy => LastOperation.State == LastOperation.InProgress;

    /// <summary>Does something with the server once all that was to be done with it before is done.</summary>
    internal Task EnqueueAsync(Func<Task> work)
    {
        lock (Sync)
        {
            return _serverWork = _serverWork.ContinueWith(_ => work(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        }
    }

    internal void SetOperation(string type, string state, string description, bool isAsync = true)
    {
        LastOperation = new LastOperation(type, state, description, isAsync);
        UpdatedAt = EmulatorClock.Now;
    }
}
