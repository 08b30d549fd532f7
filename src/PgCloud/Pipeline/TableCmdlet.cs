// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Text;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>What Import-PgTable and Export-PgTable share: how CSV is written.</summary>
public abstract class TableCmdlet : SqlCmdlet
{
    /// <summary>The table's schema. Without it the table is looked for along the search path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Schema { get; set; }

    /// <summary>The columns.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Column { get; set; }

    /// <summary>What stands between two values.</summary>
    /// <value>,</value>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>The text that means NULL. In CSV a value in quotes is never NULL. Without it an empty value without quotes is NULL in CSV,
    /// and of objects only $null is.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Null { get; set; }

    /// <summary>The first line has no names of columns.</summary>
    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>
    ///   The file's encoding: utf8, utf8BOM, unicode, latin1, the name or number of another one. Without it utf8; a file that is read and
    ///   begins with the byte order mark of UTF-16 is read as that.
    /// </summary>
    [Parameter]
    [EncodingTransformation]
    [ValidateNotNull]
    public Encoding? Encoding { get; set; }

    private protected CsvFormat Csv => new()
    {
        Delimiter = Delimiter,
        // PowerShell makes an empty text of a string parameter that was not given.
        Null = IsGiven(nameof(Null)) ? Null ?? string.Empty : null,
        HasHeader = !NoHeader,
        Encoding = Encoding,
    };
}
