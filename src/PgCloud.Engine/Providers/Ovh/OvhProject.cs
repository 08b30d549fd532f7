// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Network;

namespace PgCloud.Engine.Providers.Ovh;

/// <summary>One Public Cloud project: what everything is asked of.</summary>
/// <param name="client">The API, with the account's credential.</param>
/// <param name="id">The project's id: 32 hexadecimal digits.</param>
/// <param name="description">What its owner calls it; empty where the credential may not read that.</param>
/// <param name="pace">The pauses between two looks at what changes.</param>
internal sealed class OvhProject(OvhClient client, string id, string description, PollPace pace)
{
    /// <summary>The project's id: 32 hexadecimal digits.</summary>
    internal string Id => id;

    /// <summary>The API.</summary>
    internal OvhClient Client => client;

    /// <summary>The pauses between two looks at what changes.</summary>
    internal PollPace Pace => pace;

    /// <summary>How writers of one instance's authorised addresses keep out of each other's way.</summary>
    internal AccessContention Contention { get; init; } = new();

    /// <summary>The path of the project's databases.</summary>
    internal string Databases => $"/cloud/project/{Uri.EscapeDataString(id)}/database";

    /// <summary>The path of the project's PostgreSQL instances.</summary>
    internal string Instances => $"{Databases}/postgresql";

    /// <summary>The path of an instance, or of something of it.</summary>
    internal string PathOf(PgInstance instance, string rest = "") => $"{Instances}/{Uri.EscapeDataString(instance.Id)}{rest}";

    /// <summary>Looks again and again, with growing pauses, until what is seen is what was waited for.</summary>
    /// <param name="look">One look.</param>
    /// <param name="isDone">Whether that is it; throws where it never will be.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>What was seen last, and whether it is what was waited for.</returns>
    internal Task<(T Seen, bool IsDone)> WaitAsync<T>(
        Func<Task<T>> look, Func<T, bool> isDone, TimeSpan timeout, CancellationToken cancellation) =>
        Polling.UntilAsync(Pace, look, isDone, timeout, cancellation);

    /// <summary>The project, for people.</summary>
    public override string ToString() => description.Length == 0 ? id : $"{description} ({id})";
}
