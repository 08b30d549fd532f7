// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Servers;

/// <summary>A copy of a server's data, from which another can be made after the server is gone.</summary>
internal sealed record ServerSnapshot(ServerKind Kind, PostgresInstallation Installation, string Data);
