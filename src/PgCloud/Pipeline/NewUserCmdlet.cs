// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Security;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>What New-PgManagerUser and New-PgWriterUser share: they differ in the kind of user only.</summary>
public abstract class NewUserCmdlet : InstanceCmdlet
{
    // Several records of one pipeline may lead to one instance, such as two addresses that were authorised on it. The user is made once.
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string Instance, string User), bool> _made = new();

    /// <summary>The user's name: the PostgreSQL role.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("UserName")]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>The password. Without it a strong one is made; either way it is in the result's Credential, and told nowhere else.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>OVHcloud: roles that its API gives, such as replication.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Role { get; set; } = [];

    /// <summary>OVHcloud: the admin who gives the rights by SQL. Without it avnadmin, where this session has set its password or made the
    /// instance.</summary>
    [Parameter]
    [Credential]
    public PSCredential? AdminCredential { get; set; }

    /// <summary>OVHcloud: gives avnadmin a new password, so that it can give the rights. Its connections end, and whoever used it needs the new
    /// one: Reset-PgUserPassword tells one.</summary>
    [Parameter]
    public SwitchParameter ResetAdmin { get; set; }

    private protected abstract PgCloudUserKind Kind { get; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach (string name in Name.Where(n => _made.TryAdd((instance.Id, n), true)))
        {
            await ForEachAsync(async () =>
            {
                About<PgCloudUser>(name);
                if (await ShouldProcessAsync(instance.Name, $"Make the {Kind} user '{name}'"))
                {
                    UserWithPassword made = await SessionFor(instance).Cloud.CreateUserAsync(
                        instance, Request(name), Reporter, cancellation);
                    await WriteChangedAsync(WithCredential(made, instance));
                }
            });
        }
    }

    private NewUserRequest Request(string name) => new(name, Kind, Password)
    {
        Roles = Role,
        Admin = AdminCredential is null ? null : new DatabaseCredential(AdminCredential.UserName, AdminCredential.Password),
        ResetAdmin = ResetAdmin,
    };
}
