// SPDX-License-Identifier: MIT
namespace System.Management.Automation.Runspaces;
/// <summary>A session of the engine. Each <see cref="CmdletHost"/> has one; it is the default of the thread that runs a pipeline.</summary>
public class Runspace {
    [ThreadStatic] private static Runspace? _current;
    private static int _count;
    internal Runspace(ViewTable typeData) => TypeData = typeData;
    public static Runspace? DefaultRunspace { get => _current; set => _current = value; }
    public static bool CanUseDefaultRunspace => _current is not null;
    public Guid InstanceId { get; } = Guid.NewGuid();
    public int Id { get; } = Interlocked.Increment(ref _count);
    public string Name { get; set; } = "";
    internal ViewTable TypeData { get; }
}
