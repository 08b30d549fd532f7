// SPDX-License-Identifier: MIT

using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Writing;

/// <summary>The order and the words of a syntax line.</summary>
internal static class Syntax
{
    /// <summary>The parameters of a set in the order in which they are shown: by position, then mandatory ones, then by name.</summary>
    internal static IReadOnlyList<(ParameterHelp Parameter, BindingHelp Binding)> ParametersOf(CmdletHelp cmdlet, string set) =>
    [
        .. cmdlet.Parameters
            .Select(p => (Parameter: p, Binding: p.In(set)!))
            .Where(p => p.Binding is not null)
            .OrderBy(p => p.Binding.Position ?? int.MaxValue)
            .ThenByDescending(p => p.Binding.IsMandatory)
            .ThenBy(p => p.Parameter.Name switch { "WhatIf" => 1, "Confirm" => 2, _ => 0 })
            .ThenBy(p => p.Parameter.Name, StringComparer.Ordinal),
    ];

    /// <summary>The syntax of a set, as <c>Get-Command -Syntax</c> writes it.</summary>
    internal static string Line(CmdletHelp cmdlet, string set) =>
        string.Join(' ', ParametersOf(cmdlet, set).Select(p => Word(p.Parameter, p.Binding)).Prepend(cmdlet.Name).Append("[<CommonParameters>]"));

    private static string Word(ParameterHelp parameter, BindingHelp binding)
    {
        string name = binding.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string word = parameter.IsSwitch ? name : $"{name} <{parameter.TypeName}>";
        return binding.IsMandatory ? word : $"[{word}]";
    }
}
