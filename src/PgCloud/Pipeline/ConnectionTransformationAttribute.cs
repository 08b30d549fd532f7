// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   Lets <c>-Connection</c> take what carries a connection: a user with its credential, or what was read through one: a role, a privilege, a
///   database …
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Find(inputData);

    /// <summary>The connection that an object carries; the object itself where it carries none.</summary>
    internal static object Find(object inputData)
    {
        object given = DeserializedObject.Revive(inputData)!;
        object value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            PgCloudUser { Connection: { } connection } => connection,
            PgCloudUser { Instance: { } instance } user => WithoutCredential(user, instance),
            PgRole { Connection: { } connection } => connection,
            PgDatabase { Connection: { } connection } => connection,
            PgActivity { Connection: { } connection } => connection,
            PgRoleMember { Connection: { } connection } => connection,
            PgPrivilege { Connection: { } connection } => connection,
            PgObjectOwner { Connection: { } connection } => connection,
            _ => given,
        };
    }

    // The cmdlet then says that the password is missing, which is clearer than a failed conversion.
    private static PgConnection WithoutCredential(PgCloudUser user, PgInstance instance) => new()
    {
        HostName = instance.HostName,
        Port = instance.Port,
        Database = instance.Database,
        UserName = user.UserName,
        CaCertificate = instance.CaCertificate,
        Instance = instance,
    };
}
