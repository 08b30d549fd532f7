// SPDX-License-Identifier: MIT

namespace PgCloud.HelpBuilder.Model;

/// <summary>A piece of text, either prose or code.</summary>
internal sealed record DocRun(string Text, bool IsCode = false);

/// <summary>A paragraph of documentation.</summary>
internal sealed record DocParagraph(IReadOnlyList<DocRun> Runs)
{
    /// <summary>A paragraph of plain text.</summary>
    internal DocParagraph(string text)
        : this([new DocRun(text)])
    {
    }

    /// <summary>The paragraph without any markup.</summary>
    internal string Plain => string.Concat(Runs.Select(r => r.Text));
}
