// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Hosting;

/// <summary>The clock on which statuses change.</summary>
internal sealed class EmulatorClock(double speed)
{
    internal static DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>What takes a cloud this long takes so long here.</summary>
    internal TimeSpan Scale(TimeSpan duration) => duration / speed;

    /// <summary>That long in a cloud, or as much longer as makes it last that long here.</summary>
    internal TimeSpan AtLeast(TimeSpan duration, TimeSpan here) => Scale(duration) < here ? here * speed : duration;

    /// <summary>When something that takes a cloud this long is done here.</summary>
    internal DateTimeOffset After(TimeSpan duration) => Now + Scale(duration);
}
