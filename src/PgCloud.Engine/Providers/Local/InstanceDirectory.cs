// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Local;

/// <summary>Where each thing of one instance lies.</summary>
internal sealed class InstanceDirectory(string stateDirectory, string name)
{
    /// <summary>The instance's name.</summary>
    internal string Name => name;

    /// <summary>The directory itself.</summary>
    internal string Root => Path.Combine(stateDirectory, name);

    /// <summary>What the instance is: see <see cref="InstanceRecord"/>. Its presence marks the directory as ours.</summary>
    internal string Record => Path.Combine(Root, "instance.json");

    /// <summary>Held open by whoever changes the instance: see <see cref="InstanceLock"/>.</summary>
    internal string Lock => Path.Combine(Root, ".lock");

    /// <summary>PostgreSQL's data directory.</summary>
    internal string Data => Path.Combine(Root, "data");

    /// <summary>The rules that say who is let in.</summary>
    internal string HbaFile => Path.Combine(Data, "pg_hba.conf");

    /// <summary>The password of the superuser, readable by the server's account only.</summary>
    internal string SuperuserPassword => Path.Combine(Root, "superuser.password");

    /// <summary>The certificate of the instance's own authority.</summary>
    internal string CaCertificate => Path.Combine(Root, "ca.crt");

    /// <summary>The server's certificate.</summary>
    internal string ServerCertificate => Path.Combine(Root, "server.crt");

    /// <summary>The server's private key.</summary>
    internal string ServerKey => Path.Combine(Root, "server.key");

    /// <summary>What the server says.</summary>
    internal string Log => Path.Combine(Root, "server.log");

    /// <summary>Whether the directory is ours: it has our record, or nothing at all in it yet.</summary>
    internal bool IsOurs =>
        File.Exists(Record) || Directory.EnumerateFileSystemEntries(Root).All(e => Path.GetFileName(e) == Path.GetFileName(Lock));
}
