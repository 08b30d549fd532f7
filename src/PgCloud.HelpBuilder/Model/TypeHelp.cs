// SPDX-License-Identifier: MIT

namespace PgCloud.HelpBuilder.Model;

/// <summary>A type that goes in or comes out, and what it is.</summary>
internal sealed record TypeHelp(string Name, IReadOnlyList<DocParagraph> Description);
