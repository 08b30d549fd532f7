// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the kinds of link: those of OVHcloud's schema (cloud.project.database.service.integration.TypeEnum).</summary>
public sealed class IntegrationTypeCompleter : IArgumentCompleter
{
    private static readonly string[] Types =
    [
        "grafanaDashboard", "grafanaDatasource", "kafkaConnect", "kafkaLogs", "kafkaMirrorMaker", "m3aggregator", "m3dbMetrics", "opensearchLogs",
        "postgresqlMetrics",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(wordToComplete, Types.Select(t => (t, "Get-PgIntegration -Available says what the instance can have.")));
}
