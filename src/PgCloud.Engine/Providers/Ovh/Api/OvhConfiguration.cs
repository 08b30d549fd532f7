// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   The environment and the files from which OVHcloud's own clients take their settings: <c>OVH_*</c> first, then <c>./ovh.conf</c>,
///   <c>~/.ovh.conf</c> and <c>/etc/ovh.conf</c>, key by key.
/// </summary>
internal sealed class OvhConfiguration
{
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<(string Section, string Key), (string Value, string Path)> _values = [];
    private readonly List<string> _unreadable = [];

    /// <param name="environment">Answers for a variable's name.</param>
    /// <param name="paths">The files; a later one overrides an earlier one.</param>
    internal OvhConfiguration(Func<string, string?> environment, IReadOnlyList<string> paths)
    {
        _environment = environment;
        Paths = paths;
        foreach (string path in paths)
        {
            Load(path);
        }
    }

    /// <summary>The files that were looked for.</summary>
    internal IReadOnlyList<string> Paths { get; }

    /// <summary>Those that are there and cannot be read, with the reason. Only of interest where something is missing.</summary>
    internal IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>What this machine and this process have.</summary>
    /// <param name="workingDirectory">Where <c>ovh.conf</c> is looked for: PowerShell's location, which is not the process's.</param>
    internal static OvhConfiguration OfThisMachine(string workingDirectory) => new(
        Environment.GetEnvironmentVariable,
        [
            "/etc/ovh.conf",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ovh.conf"),
            Path.Combine(workingDirectory, "ovh.conf"),
        ]);

    /// <summary>A value and where it was found; <see langword="null"/> where there is none. Empty ones count as missing.</summary>
    /// <param name="section">default, or the name of the endpoint.</param>
    /// <param name="key">In lower case, as in the files.</param>
    internal (string Value, string Source)? Find(string section, string key)
    {
        string variable = "OVH_" + key.ToUpperInvariant();
        if (_environment(variable) is { Length: > 0 } fromEnvironment)
        {
            return (fromEnvironment, variable);
        }

        return _values.TryGetValue((section.ToLowerInvariant(), key), out (string Value, string Path) found) && found.Value.Length > 0
            ? (found.Value, $"{key} in {found.Path}")
            : null;
    }

    private void Load(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                foreach (((string Section, string Key) key, string value) in IniFile.Parse(File.ReadLines(path)))
                {
                    _values[key] = (value, path);
                }
            }
        }
        catch (FormatException flaw)
        {
            throw PgErrors.ConfigurationInvalid(path, flaw.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add($"{path} ({failure.GetType().Name})");
        }
    }
}
