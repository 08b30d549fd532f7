// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ibm.Users;

/// <summary>Where an instance is logged in to.</summary>
internal static class IbmTarget
{
    internal static SqlTarget Of(PgInstance instance, DatabaseCredential credential, string? database = null) => new(
        instance.HostName,
        instance.Port,
        database ?? instance.Database,
        credential.UserName,
        credential.Password,
        PgTlsMode.VerifyFull,
        instance.CaCertificate,
        instance.Name);
}
