// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Errors;

/// <summary>The documented error classes of the database routes, with their messages.</summary>
internal static class ApiErrors
{
    internal static ApiException InvalidAuthToken() => new(401, "Client::Unauthorized::InvalidAuthToken", "Invalid authorization token");

    internal static ApiException NotGrantedByIam(IEnumerable<string> actions) =>
        new(403, "Client::Forbidden", "User not granted for this request")
        {
            Details = new Dictionary<string, string> { ["unauthorizedActionsByIAM"] = string.Join(',', actions) },
        };

    internal static ApiException BadRequest(string message) => new(400, "Client::BadRequest", message);

    internal static ApiException BadRequest(string reason, string message) => new(400, "Client::BadRequest::" + reason, message);

    internal static ApiException NotFound(string reason, string message) => new(404, "Client::NotFound::" + reason, message);

    internal static ApiException Conflict(string reason, string message) => new(409, "Client::Conflict::" + reason, message);

    internal static ApiException ProjectNotFound() => new(404, "Client::NotFound", "This service does not exist");

    internal static ApiException ServiceNotFound(Guid id) => NotFound("ServiceNotFound", $"Service {id} does not exist");

    internal static ApiException UserNotFound(Guid id) => NotFound("UserNotFound", $"User {id} does not exist");

    internal static ApiException BackupNotFound(Guid id) => NotFound("BackupNotFound", $"Backup {id} does not exist");

    internal static ApiException NodeNotFound(Guid id) => NotFound("NodeNotFound", $"Node {id} does not exist");

    /// <summary>What has no class of its own in the sources.</summary>
    internal static ApiException ObjectNotFound(string kind, object id) => new(404, "Client::NotFound", $"{kind} {id} does not exist");

    internal static ApiException ServiceNotReady(Guid id) => Conflict("ServiceNotReady", $"Service {id} is not in state READY");

    internal static ApiException OnlyOneModification() => Conflict("ServiceOnlyOneModification", "You can only ask for one modification at a time");

    internal static ApiException NoUpdate() => BadRequest("NoUpdate", "No update required");

    /// <summary>What users get for a combination that cannot be had: nothing of what does not fit.</summary>
    internal static ApiException NoMatchingCompute() =>
        NotFound("NoMatchingCompute", "no compute matches your expectations, please refer to the availability endpoint");

    internal static ApiException UserExists(string name) => Conflict("PostgresUserAlreadyExist", $"user \"{name}\" already exist");

    internal static ApiException IpInvalid(string ip) => NotFound("IpRestrictionInvalidFormat", $"{ip} is not a valid ip restriction");

    internal static ApiException IpExists(string ip) => NotFound("IpRestrictionAlreadyExists", $"Ip restriction {ip} is set on your service");

    internal static ApiException IpNotFound(string ip) => NotFound("IpRestrictionNotFound", $"Ip restriction {ip} does not exist");

    /// <summary>The sources know of the quota and of deletion protection, but not of their error classes: these are made up.</summary>
    internal static ApiException QuotaReached(int quota) => new(403, "Client::Forbidden::QuotaReached", $"Your project may have {quota} services at most");

    internal static ApiException DeletionProtected(Guid id) => new(403, "Client::Forbidden::DeletionProtection", $"Service {id} is protected against deletion");
}
