// SPDX-License-Identifier: MIT
namespace System.Management.Automation.Language;

/// <summary>A node of PowerShell's syntax; this host has none, completers get null.</summary>
public abstract class Ast;

/// <summary>The command being completed.</summary>
public class CommandAst : Ast;
