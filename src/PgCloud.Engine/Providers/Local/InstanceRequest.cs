// SPDX-License-Identifier: MIT

using System.Net;
using System.Text.RegularExpressions;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Checks what a new instance is asked to be, before anything is made.</summary>
internal static partial class InstanceRequest
{
    private static readonly string[] Loopback = ["127.0.0.1", "::1"];

    /// <summary>Refuses a bad name, bad addresses or a port in use.</summary>
    internal static void Check(NewInstanceRequest request)
    {
        CheckName(request.Name);
        ThrowIfOfCloud(request);
        foreach (string address in request.ListenAddresses)
        {
            if (address != "*" && !IPAddress.TryParse(address, out _))
            {
                throw PgErrors.ListenAddressInvalid(address);
            }
        }

        if (request.Port is { } port && !ServerPort.IsFree(port))
        {
            throw PgErrors.PortInUse(port);
        }
    }

    /// <summary>Refuses a name that could not be a directory on every system.</summary>
    internal static void CheckName(string name)
    {
        if (!AllowedName().IsMatch(name))
        {
            throw PgErrors.InstanceNameInvalid(name);
        }
    }

    /// <summary>PostgreSQL's listen_addresses. Loopback is always among them: the module itself comes that way.</summary>
    internal static string ListenAddresses(NewInstanceRequest request) => request.ListenAddresses.Contains("*")
        ? "*"
        : string.Join(',', Loopback.Concat(request.ListenAddresses).Distinct());

    private static void ThrowIfOfCloud(NewInstanceRequest request)
    {
        (string Parameter, object? Value)[] all =
        [
            ("Region", request.Region),
            ("Plan", request.Plan),
            ("Flavor", request.Flavor),
            ("NodeCount", request.NodeCount),
            ("DiskSizeGB", request.DiskSizeGB),
            ("NetworkId", request.NetworkId),
            ("BackupTime", request.BackupTime),
            ("BackupRegion", request.BackupRegions),
            ("MaintenanceTime", request.MaintenanceTime),
            ("AuthorisedIp", request.AuthorisedIps.Count > 0 ? request.AuthorisedIps : null),
            ("DeletionProtection", request.DeletionProtection ? true : null),
            ("FromInstance", request.FromInstance),
        ];
        if (Array.Find(all, p => p.Value is not null).Parameter is { } parameter)
        {
            throw PgErrors.ParameterNotOfProvider(PgProviderName.Local, parameter);
        }
    }

    // \z and not $, which would let a final line feed pass.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\z")]
    private static partial Regex AllowedName();
}
