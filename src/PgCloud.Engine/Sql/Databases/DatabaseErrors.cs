// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>What the server's refusals of statements about databases mean.</summary>
internal static class DatabaseErrors
{
    /// <summary>To alter or drop a database needs the rights of its owner, and those of the owner it is given to.</summary>
    internal static PgCloudException NotOwner(ServerError error, SqlTarget target, PgDatabase present, string? nextOwner)
    {
        string owners = nextOwner is null || nextOwner == present.Owner ? $"'{present.Owner}'" : $"'{present.Owner}' and of '{nextOwner}'";
        return PgErrors.PermissionDenied(
            target.ToString(),
            error.Message.TrimEnd('.'),
            $"That needs the rights of the role {owners}. Whoever made a role may grant it; another's must be granted to {target.UserName}: "
            + "Grant-PgRole, run by a user that may.",
            null);
    }

    /// <summary>What a failed CREATE DATABASE means; <see langword="null"/> where the general words do.</summary>
    internal static PgCloudException? OfCreate(PostgresException exception, DatabaseRequest request, SqlTarget target)
    {
        ServerError error = ServerError.From(exception);
        string message = error.Message.TrimEnd('.');
        string? hint = error.Hint ?? error.Detail;
        return error.SqlState switch
        {
            PostgresErrorCodes.InsufficientPrivilege => PgErrors.PermissionDenied(target.ToString(), message, RightToCreate(request, target), null),
            PostgresErrorCodes.InvalidCatalogName => PgErrors.DatabaseNotFound(request.Template ?? "template1", target.ToString()),
            PostgresErrorCodes.ObjectInUse => PgErrors.DatabaseTemplateInUse(request.Name, message),
            // What an encoding, a locale or a tablespace is refused with: it is not there, is not one, or does not go with the template's.
            PostgresErrorCodes.InvalidParameterValue or PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.WrongObjectType
                or PostgresErrorCodes.InvalidObjectDefinition or PostgresErrorCodes.FeatureNotSupported
                or PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.SyntaxError =>
                PgErrors.DatabaseOptionInvalid(request.Name, message, hint),
            _ => null,
        };
    }

    private static string RightToCreate(DatabaseRequest request, SqlTarget target) =>
        $"To make a database, {target.UserName} needs CREATEDB (New-PgManagerUser makes such a user)"
        + (request.Owner is null ? string.Empty : $", the right to grant or use the role '{request.Owner}'")
        + (request.Template is null ? string.Empty : $", to own '{request.Template}' unless that is marked as a template")
        + (request.Tablespace is null ? string.Empty : $", CREATE on the tablespace '{request.Tablespace}'")
        + ".";
}
