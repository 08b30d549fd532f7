// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Iam;

namespace PgCloud.Emulator.Ibm.Groups;

/// <summary>The account's resource groups.</summary>
internal sealed class GroupList
{
    private readonly ConcurrentDictionary<string, ResourceGroup> _groups = new();

    public GroupList(IamAccount account)
    {
        Default = Add(account.Id, "Default", isDefault: true);
        Other = Add(account.Id, "Orders");
    }

    internal ResourceGroup Default { get; }

    internal ResourceGroup Other { get; }

    internal IEnumerable<ResourceGroup> All => _groups.Values.OrderBy(g => g.Name, StringComparer.Ordinal);

    internal static string CrnOf(string account, string id) => Crn.Of("resource-controller", string.Empty, account, type: "resource-group", resource: id);

    internal ResourceGroup? Find(string id) => _groups.GetValueOrDefault(id);

    internal ResourceGroup Add(string account, string name, bool isDefault = false)
    {
        var group = new ResourceGroup { Account = account, Name = name, IsDefault = isDefault };
        return _groups[group.Id] = group;
    }

    internal void Remove(ResourceGroup group) => _groups.TryRemove(group.Id, out _);
}
