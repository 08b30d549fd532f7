// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgCloud.Contracts;
using PgCloud.Loading;

namespace PgCloud.Completion;

/// <summary>Completes the projects, or the resource groups, of the account that the line, the environment and ovh.conf lead to.</summary>
public sealed class ProjectCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var application = Given<PSCredential>("ApplicationCredential");
        var client = Given<PSCredential>("ClientCredential");
        var request = new ConnectRequest(parameterName.Equals("ResourceGroup", StringComparison.OrdinalIgnoreCase) ? PgProviderName.Ibm : PgProviderName.Ovh)
        {
            Account = new CloudAccountRequest
            {
                Endpoint = Given<string>("Endpoint"),
                TokenUrl = Given<string>("TokenUrl"),
                WorkingDirectory = Environment.CurrentDirectory,
                ApplicationKey = application?.UserName,
                ApplicationSecret = application?.Password,
                ConsumerKey = Given<System.Security.SecureString>("ConsumerKey"),
                ClientId = client?.UserName,
                ClientSecret = client?.Password,
                AccessToken = Given<System.Security.SecureString>("AccessToken"),
                ApiKey = Given<System.Security.SecureString>("ApiKey"),
                KeyFile = Given<string>("KeyFile"),
                ServiceEndpoints = Pipeline.SettingTable.Read(Given<Hashtable>("ServiceUrl")).ToDictionary(e => e.Key, e => e.Value?.ToString() ?? string.Empty),
            },
        };
        IReadOnlyList<PgCloudProject> projects = CloudQuestion.Ask(
            cancellation => EngineLoadContext.Engine.GetProjectsAsync(request, new Silence(), cancellation)) ?? [];
        return Completions.Matching(wordToComplete, projects.Select(p => (p.Name.Length == 0 ? p.Id : p.Name, p.Id)));

        T? Given<T>(string name)
            where T : class
        {
            object? value = fakeBoundParameters?[name];
            return (value is PSObject wrapped ? wrapped.BaseObject : value) as T;
        }
    }
}
