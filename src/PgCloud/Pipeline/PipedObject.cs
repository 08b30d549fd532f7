// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>What a piped object says about an object of a database: a PgPrivilege, a PgObjectOwner, a PgDatabase, or the row of a file.</summary>
internal class PipedObject(PSObject? piped, params string[] needed)
    : PipedRecord(piped, [nameof(PgPrivilege.ObjectType), nameof(PgPrivilege.Name), .. needed])
{
    private readonly PgDatabase? _database = piped?.BaseObject as PgDatabase;

    /// <summary>Its kind.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.ArgumentInvalid</c>: a file has a word that is none.</exception>
    internal PgObjectType? Type => Text(nameof(PgPrivilege.ObjectType)) switch
    {
        null => null,
        var text when Enum.TryParse(text, ignoreCase: true, out PgObjectType type) && Enum.IsDefined(type) => type,
        var text => throw PgErrors.PrivilegeArgumentInvalid(
            $"There is no kind of object '{text}'.", $"There are: {string.Join(", ", Enum.GetNames<PgObjectType>())}."),
    };

    /// <summary>
    ///   The objects that are asked for. What the parameters say goes first; a database that is piped in is itself the object where they say
    ///   nothing, and without -ObjectType a table is meant, as in GRANT.
    /// </summary>
    /// <returns><see langword="null"/> where nothing names an object.</returns>
    internal ObjectRequest? Request(PgObjectType? type, string[] schema, string[] name, string[] column, bool all, bool isDefault = false)
    {
        bool isNamed = all || schema.Length + name.Length + column.Length > 0;
        if ((type ?? Type) is { } kind)
        {
            bool takesNames = IsOne && !all && !isDefault && name.Length == 0;
            return new ObjectRequest(kind)
            {
                Schema = schema.Length > 0 || all ? schema : List(Text(nameof(PgPrivilege.Schema))),
                Name = takesNames ? List(Text(nameof(PgPrivilege.Name))) : name,
                Column = column.Length > 0 || kind != PgObjectType.Column ? column : List(Text(nameof(PgPrivilege.Column))),
                All = all,
            };
        }

        return isNamed ? new ObjectRequest(PgObjectType.Table) { Schema = schema, Name = name, Column = column, All = all }
            : _database is not null ? new ObjectRequest(PgObjectType.Database) { Name = [_database.Name] }
            : null;
    }

    /// <summary>The values of a parameter, or what the object has for it.</summary>
    private protected string[] Or(string[] given, string property) => given.Length > 0 ? given : List(Text(property));

    private protected static string[] List(string? value) => value is null ? [] : [value];
}
