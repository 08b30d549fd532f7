// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>Every secret that an emulator of this process has made, to be looked for in texts.</summary>
internal sealed partial class MatrixSecrets : IDisposable
{
    // What is shorter is an application key or a client id, which are no secrets.
    private const int Shortest = 20;

    private readonly ConcurrentDictionary<string, bool> _words = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _others = [];

    internal MatrixSecrets() => Secrets.Made += Add;

    public void Dispose() => Secrets.Made -= Add;

    /// <summary>The first secret in a text, masked; <see langword="null"/> where there is none.</summary>
    internal string? FindIn(string text) =>
        Words().Matches(text).Select(m => m.Value).FirstOrDefault(_words.ContainsKey) is { } word ? $"a secret that begins with {word[..4]}"
        : _others.FirstOrDefault(s => text.Contains(s, StringComparison.Ordinal)) is { } other ? $"a secret that begins with {other[..4]}"
        : null;

    private void Add(string secret)
    {
        if (secret.Length < Shortest)
        {
            return;
        }

        // A token has three parts, none of which may be seen.
        foreach (string part in secret.Split('.').Where(p => p.Length >= Shortest))
        {
            if (Words().Match(part).Value == part)
            {
                _words[part] = true;
            }
            else
            {
                _others.Add(part);
            }
        }
    }

    [GeneratedRegex("[A-Za-z0-9_-]{20,}")]
    private static partial Regex Words();
}
