// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>The errors after which the provider goes on by itself.</summary>
internal static class OvhErrorIds
{
    internal const string OutcomeUnknown = "PgCloud.Cloud.OutcomeUnknown";

    internal const string ConsumerKeyInvalid = "PgCloud.Cloud.ConsumerKeyInvalid";

    internal const string Conflict = "PgCloud.Cloud.Conflict";

    internal const string NotFound = "PgCloud.Cloud.NotFound";

    internal const string MetricNotFound = "PgCloud.Cloud.MetricNotFound";

    internal const string InstanceBusy = "PgCloud.Instance.Busy";

    internal const string InstanceNotReady = "PgCloud.Instance.NotReady";

    internal const string PoolDatabaseNotReady = "PgCloud.Pool.DatabaseNotReady";

    internal const string WaitTimeout = "PgCloud.Instance.WaitTimeout";

    internal const string UserExists = "PgCloud.User.Exists";
}
