// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>Has the servers follow the rules, some time after a change.</summary>
internal sealed class Enforcement(InstanceList instances, InstanceWork work)
{
    internal void Begin() => work.Later(IbmDurations.Enforcement, async cancellation =>
    {
        foreach (Instance instance in instances.All.Where(i => i.Server is not null))
        {
            await work.AuthoriseAsync(instance, cancellation);
        }
    });
}
