// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>Where an instance's server is. The documented names lead nowhere from this machine, and each server has a port of its own.</summary>
internal sealed record ServerEndpoint(string Host, int Port, string CaPem, string InstanceCrn, string Region)
{
    internal static ServerEndpoint Of(Instance instance) => new(
        EmulatorOptions.ServerAddress, instance.Server?.Port ?? 5432, instance.Server?.CaPem ?? string.Empty, instance.Crn, instance.Region);
}
