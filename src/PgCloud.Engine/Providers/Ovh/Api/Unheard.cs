// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>A reporter for what nobody waits to hear.</summary>
internal sealed class Unheard : IReporter
{
    internal static readonly Unheard Instance = new();

    /// <inheritdoc/>
    public void Step(string what, TimeSpan took)
    {
    }

    /// <inheritdoc/>
    public void Progress(string activity, string status, int percent)
    {
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
    }
}
