// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>How long things take at IBM Cloud: recorded where a record is known, else of that order.</summary>
internal static class IbmDurations
{
    /// <summary>From the times in the API page's sample.</summary>
    internal static readonly TimeSpan Creation = new(0, 11, 25);

    internal static readonly TimeSpan Update = TimeSpan.FromMinutes(5);

    internal static readonly TimeSpan Backup = TimeSpan.FromMinutes(2);

    /// <summary>A live test of the SDK waits this long for a reclamation to appear.</summary>
    internal static readonly TimeSpan ReclamationAppearance = TimeSpan.FromSeconds(20);

    /// <summary>"May take several hours" in the documentation.</summary>
    internal static readonly TimeSpan Restoration = TimeSpan.FromMinutes(30);

    internal static readonly TimeSpan Reclaiming = TimeSpan.FromSeconds(30);

    internal static readonly TimeSpan SoftDeletion = TimeSpan.FromDays(3);

    /// <summary>How long after its creation a key is not found yet: Terraform asks again after two seconds first.</summary>
    internal static readonly TimeSpan KeyAppearance = TimeSpan.FromSeconds(5);

    /// <summary>Enforcement is "an async task"; how long it takes is not in the sources.</summary>
    internal static readonly TimeSpan Enforcement = TimeSpan.FromSeconds(30);
}
