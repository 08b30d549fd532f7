// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Servers;

/// <summary>What a cloud makes of a local instance.</summary>
internal abstract class ServerKind
{
    /// <summary>For the names of files.</summary>
    internal abstract string Name { get; }

    /// <summary>The role the emulator logs in as.</summary>
    internal virtual string Superuser => LocalRoles.Superuser;

    /// <summary>Makes the cloud's roles and databases in a local instance, as its superuser.</summary>
    internal abstract Task SetUpAsync(ServiceServer server, CancellationToken cancellation);
}
