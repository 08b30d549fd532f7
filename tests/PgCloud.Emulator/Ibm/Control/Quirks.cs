// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Control;

/// <summary>What the sources tell in more than one way, or tell as having happened to somebody.</summary>
internal sealed class Quirks
{
    /// <summary>Credentials of keys are in the shape of Gen 1.</summary>
    internal bool Gen1Credentials { get; set; }

    /// <summary>Credentials cannot be read, not even by who made the key (terraform-provider-ibm, issue 4444).</summary>
    internal bool RedactCredentials { get; set; }

    /// <summary>The broker refuses a key without parameters (seen by Terraform's tests).</summary>
    internal bool RefuseKeysWithoutParameters { get; set; }

    /// <summary>A deletion is answered 202, not 204.</summary>
    internal bool AcceptDeletions { get; set; }

    /// <summary>How long, before the speed is applied, an instance that is deleted is pending removal.</summary>
    internal TimeSpan Removal { get; set; }

    /// <summary>The service may not use keys of the key management, so that what is made with one fails.</summary>
    internal bool RefuseDiskKeys { get; set; }

    /// <summary>How long, before the speed is applied, a new zone or rule is not found (terraform-provider-ibm, issues 4929 and 5246).</summary>
    internal TimeSpan RestrictionAppearance { get; set; }

    /// <summary>How many instances the account may have; 0 for as many as are asked for.</summary>
    internal int InstanceQuota { get; set; }

    /// <summary>How long, before the speed is applied, a new key is not found.</summary>
    internal TimeSpan KeyAppearance { get; set; } = IbmDurations.KeyAppearance;
}
