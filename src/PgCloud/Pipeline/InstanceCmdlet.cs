// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>The base of every cmdlet that works on instances which exist.</summary>
public abstract class InstanceCmdlet : ThrottledCmdlet
{
    /// <summary>The instance to work on: an object, a name or an id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateCameAlong("instance", "the instance as well, and give it with -Instance")]
    [ArgumentCompleter(typeof(Completion.InstanceNameCompleter))]
    public InstanceArgument[] Instance { get; set; } = [];

    /// <summary>Two changes of one instance at once would be in each other's way, and their order counts.</summary>
    private protected override IReadOnlyCollection<object> RecordKeys => MayChange ? [.. Instance.Select(i => i.NameOrId).Distinct()] : [];

    /// <summary>Works on one instance.</summary>
    private protected abstract Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation);

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (InstanceArgument argument in Instance)
        {
            await WorkOnAsync(argument, cancellation);
        }
    }

    /// <summary>Finds an instance and works on it. What fails is written, about the instance or what the user gave for it.</summary>
    private protected Task WorkOnAsync(InstanceArgument argument, CancellationToken cancellation) =>
        WorkOnAsync(argument, ProcessInstanceAsync, cancellation);

    /// <summary>The same with other work.</summary>
    private protected Task WorkOnAsync(
        InstanceArgument argument, Func<PgInstance, CancellationToken, Task> work, CancellationToken cancellation) => ForEachAsync(
        argument.Instance ?? (object)argument.NameOrId,
        async () =>
        {
            PgInstance instance = await ResolveAsync(argument, cancellation);
            await ForEachAsync(instance, () => work(instance, cancellation));
        });

    /// <summary>Puts the password that was told once where the user finds it.</summary>
    private protected static PgCloudUser WithCredential(UserWithPassword told, PgInstance instance)
    {
        // The provider's own is newer: it may have waited until the instance was ready.
        told.User.Instance ??= instance;
        told.User.Instance.Session ??= instance.Session;
        told.User.Credential = told.Password is null ? null : new PSCredential(told.User.UserName, told.Password);
        return told.User;
    }
}
