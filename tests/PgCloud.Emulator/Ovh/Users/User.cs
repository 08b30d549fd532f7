// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Users;

/// <summary>A user made through the API, or avnadmin. Its password is kept nowhere.</summary>
internal sealed class User : IShelved
{
    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => !IsGone;

    public bool IsGone => Phase.IsGone;

    internal DateTimeOffset CreatedAt { get; } = DateTimeOffset.UtcNow;

    internal required string Name { get; init; }

    internal required IReadOnlyList<string> Roles { get; set; }

    internal required Phase Phase { get; set; }

    internal object View() => new { createdAt = CreatedAt, id = Id, roles = Roles, status = Phase.Status, username = Name };

    internal object View(string password) => new { createdAt = CreatedAt, id = Id, password, roles = Roles, status = Phase.Status, username = Name };
}
