// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace PgCloud.CmdletHostTests;

/// <summary>A case of cases.json: a text, and what a real PowerShell makes of it.</summary>
public sealed class BindingCase
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>What it is about.</summary>
    public string Group { get; set; } = "";

    /// <summary>Which case of that.</summary>
    public string Name { get; set; } = "";

    /// <summary>What to run.</summary>
    public string Text { get; set; } = "";

    /// <summary>What to answer when asked: yes, no, or nothing.</summary>
    public string? Answer { get; set; }

    /// <summary>What comes of it, stream by stream.</summary>
    public Dictionary<string, JsonElement> Expect { get; set; } = [];

    /// <summary>Where the cases and their module are.</summary>
    public static string Folder => AppContext.BaseDirectory;

    /// <summary>All cases, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>All cases by group and name.</summary>
    public static Dictionary<string, BindingCase> All { get; } =
        JsonSerializer.Deserialize<List<BindingCase>>(File.ReadAllText(Path.Combine(Folder, "cases.json")), Options)!.ToDictionary(c => $"{c.Group}: {c.Name}");

    /// <summary>What is expected, line by line.</summary>
    public IEnumerable<string> Expected => Expect.SelectMany(e => e.Value.ValueKind == JsonValueKind.Array
        ? e.Value.EnumerateArray().Select(v => $"{e.Key}: {v.GetString()}") : [$"{e.Key}: {e.Value.GetString()}"]);

    /// <summary>What the cmdlet host makes of it, line by line, in the same words as Invoke-Case.ps1.</summary>
    public IEnumerable<string> Run()
    {
        using CmdletHost host = new();
        host.ImportModule(Path.Combine(Folder, "PgCloud.BindingCases.psd1"));
        host.Confirm = Answer is null ? null : (_, _) => Answer == "yes";
        HostResult result = host.Run(Text);
        return
        [
            .. result.Objects.Select(o => "output: " + Of(o)),
            .. result.Errors.Select(e => "errors: " + Of(e)),
            .. result.TerminatingError is { } error ? ["terminating: " + Of(error)] : Array.Empty<string>(),
            .. result.Warnings.Select(w => "warnings: " + w),
            .. result.Verbose.Select(v => "verbose: " + v),
            .. result.Debug.Select(d => "debug: " + d),
            .. result.Information.Select(i => "information: " + i.MessageData),
            .. result.WhatIf.Select(w => "whatIf: " + w),
        ];
    }

    private static string Of(object? value) => value is null ? "<null>" : LanguagePrimitives.ConvertTo<string>(value);

    private static string Of(ErrorRecord error) =>
        $"{error.FullyQualifiedErrorId} {error.CategoryInfo.Category} {error.Exception.GetType().Name} [{Of(error.TargetObject)}]";
}
