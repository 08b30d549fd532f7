// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>The errors after which the provider goes on by itself.</summary>
internal static class IbmErrorIds
{
    internal const string OutcomeUnknown = "PgCloud.Cloud.OutcomeUnknown";

    internal const string ChangedMeanwhile = "PgCloud.Cloud.ChangedMeanwhile";

    internal const string Conflict = "PgCloud.Cloud.Conflict";

    internal const string PendingReclamation = "PgCloud.Instance.PendingReclamation";

    internal const string ReclamationNotFound = "PgCloud.Instance.ReclamationNotFound";

    internal const string RuleNotFound = "PgCloud.Network.RuleNotFound";

    internal const string ZoneNotFound = "PgCloud.Network.ZoneNotFound";

    internal const string ZoneExists = "PgCloud.Network.ZoneExists";
}
