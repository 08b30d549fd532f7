// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>
///   The emulator at a pace at which delays show: a database appears after 0.3 s, and pools know it after 0.6 s. Its instances have no server.
/// </summary>
public sealed class UnhurriedCloud : EmulatedCloud
{
    private protected override double Speed => 10;

    /// <inheritdoc/>
    public override Task InitializeAsync() => StartAsync();

    /// <summary>An instance that is only listed.</summary>
    internal async Task<PgInstance> NewInstanceAsync() =>
        (await Provider.FindInstanceAsync((await SeedAsync(1))[0], new Heard(), CancellationToken.None))!;
}
