// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Net;
using PgCloud.Contracts;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Connection;

/// <summary>Says whether a connection works and, with -Detailed, which step fails and what to do.</summary>
/// <remarks>
///   The steps are name resolution, TCP, TLS (which check), authorised address, login, database and a query. A connection without a
///   credential is tested as far as the authorised address. A connection that does not work is an answer, $false, and not an error.
/// </remarks>
/// <example>
///   <code>if (-not ($ops | Test-PgConnection)) { throw 'orders cannot be reached' }</code>
///   <para>In a runbook.</para>
/// </example>
/// <example>
///   <code>(Test-PgConnection $ops -Detailed).Step</code>
///   <para>Shows each step with its milliseconds.</para>
/// </example>
/// <example>
///   <code>Get-PgConnection orders | Test-PgConnection -Detailed</code>
///   <para>Tests as far as the authorised address, without a user: is this machine let in?</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "PgConnection")]
[OutputType(typeof(bool), typeof(PgConnectionTest))]
public sealed class TestPgConnectionCommand : ConnectionCmdlet
{
    /// <summary>The connection to test: a PgConnection, or a PgCloudUser that carries its credential.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ConnectionTransformation]
    [ValidateCameAlong("connection", "its Connection, and give that with -Connection")]
    public PgConnection Connection { get; set; } = null!;

    /// <summary>Writes every step instead of $true or $false.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The address of this machine to connect from, where it has several. The steps from the login on are then left out.</summary>
    [Parameter]
    public IPAddress? SourceAddress { get; set; }

    /// <summary>How long each step may take, in seconds.</summary>
    /// <value>15</value>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 15;

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        var request = new ConnectionTestRequest(
            Connection.ToSqlTarget(Connection.Credential), SourceAddress, TimeSpan.FromSeconds(TimeoutSec));
        PgConnectionTest test = await EngineLoadContext.Engine.TestConnectionAsync(request, Reporter, cancellation);
        await WriteAsync(Detailed ? test : test.Succeeded);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyCollection<object> RecordKeys => [];

    /// <inheritdoc/>
    private protected override bool KeepsOrder => !Detailed;

    /// <inheritdoc/>
    private protected override Task ProcessOneAsync(CancellationToken cancellation) =>
        NoteAsync(Connection.ToString(), () => ProcessAsync(cancellation));
}
