// SPDX-License-Identifier: MIT

namespace PgCloud.HelpBuilder.Model;

/// <summary>An example: what to type, and what comes of it.</summary>
internal sealed record ExampleHelp(string Code, IReadOnlyList<DocParagraph> Remarks);
