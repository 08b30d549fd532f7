// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>Whether a service may be changed now.</summary>
internal static class Readiness
{
    internal static void Check(Service service)
    {
        string status = service.Status;
        if (status != "READY")
        {
            throw status.StartsWith("LOCKED", StringComparison.Ordinal) ? Locked(service) : ApiErrors.ServiceNotReady(service.Id);
        }
    }

    /// <summary>A service that is locked or broken may still be deleted.</summary>
    internal static void CheckDeletion(Service service)
    {
        if (service.Status is "CREATING" or "UPDATING" or "DELETING" or "PENDING")
        {
            throw ApiErrors.ServiceNotReady(service.Id);
        }

        if (service.DeletionProtection)
        {
            throw ApiErrors.DeletionProtected(service.Id);
        }
    }

    private static ApiException Locked(Service service) =>
        ApiErrors.Conflict("ServiceLocked", $"Service {service.Id} is locked in read-or-delete-only mode");
}
