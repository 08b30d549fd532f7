// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>The emulator with one instance that has a server.</summary>
public sealed class EmulatedIbmServer : EmulatedIbm
{
    internal PgInstance Orders { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Orders = await ReadyAsync(await Provider.CreateInstanceAsync(new NewInstanceRequest("orders"), new Heard(), CancellationToken.None));
    }
}
