// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ovh.Api;

/// <summary>What a thing is until a time; after it is READY, or gone.</summary>
internal sealed record Phase(string Passing, DateTimeOffset Until, bool ThenGone)
{
    internal static Phase Ready { get; } = new("READY", DateTimeOffset.MinValue, false);

    internal bool IsOver => EmulatorClock.Now >= Until;

    internal bool IsGone => ThenGone && IsOver;

    internal string Status => IsOver && !ThenGone ? "READY" : Passing;

    internal static Phase Of(string passing, EmulatorClock clock, TimeSpan duration) => new(passing, clock.After(duration), false);

    internal static Phase Deleting(EmulatorClock clock, TimeSpan duration) => new("DELETING", clock.After(duration), true);
}
