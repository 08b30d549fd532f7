// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   Lets <c>-Connection</c> take what carries a connection: a user with its credential, or what was read through one: a role, a privilege, a
///   database …
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Parts = [nameof(PgConnection.HostName), nameof(PgConnection.Database), nameof(PgConnection.UserName)];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object found = Find(inputData);
        return (found is PSObject wrapped ? wrapped.BaseObject : found) switch
        {
            PgInstance instance => throw new ArgumentTransformationMetadataException(
                $"The instance '{instance.Name}' is no connection, for it has no user and password: "
                + $"Get-PgConnection '{instance.Name}' -Credential USER makes one of it, and New-PgManagerUser a user that carries one."),
            string text => throw new ArgumentTransformationMetadataException(
                $"{Shown(text)} is a text and no connection: Get-PgConnection INSTANCE -Credential USER makes one."),
            IDictionary table when Parts.Where(part => !table.Contains(part)).ToArray() is { Length: > 0 } missing =>
                throw new ArgumentTransformationMetadataException(
                    $"A connection needs {string.Join(", ", Parts)}; the table has no {string.Join(", ", missing)}."),
            _ => found,
        };
    }

    // A connection string may have a password in it.
    private static string Shown(string text) => text.AsSpan().IndexOfAny(":=@") < 0 ? $"'{text}'" : "What was given";

    /// <summary>The connection that an object carries; the object itself where it carries none.</summary>
    internal static object Find(object inputData)
    {
        object given = DeserializedObject.Revive(inputData)!;
        object value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            PgConnection connection => connection,
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
