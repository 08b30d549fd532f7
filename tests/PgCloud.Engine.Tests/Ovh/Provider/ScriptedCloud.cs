// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>A project whose API answers what a test says, with one instance in it.</summary>
internal sealed class ScriptedCloud : IDisposable
{
    internal const string Id = "5d928191-6959-4876-a2c4-7db21b775e3e";

    private readonly ApiServer _server;
    private readonly OvhClient _client;

    /// <param name="answer">The answer to a method and a path behind the instance's, such as <c>GET /logs</c>, or the API's, as <c>GET //dbaas</c>.</param>
    internal ScriptedCloud(Func<string, Reply> answer)
    {
        string instance = $"/1.0/cloud/project/p/database/postgresql/{Id}";
        _server = new ApiServer(r => answer(
            $"{r.Method} {(r.Path.StartsWith(instance, StringComparison.Ordinal) ? r.Path[instance.Length..] : "/" + r.Path["/1.0".Length..])}"));
        _client = Ovh.Client(_server);
        Project = Ovh.Project(_client);
    }

    internal OvhProject Project { get; }

    internal OvhPatience Patience => Ovh.Patience(Project);

    internal PgInstance Instance { get; } = Ovh.Instance(Id);

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    internal int Count(string method) => _server.Received.Count(r => r.Method == method);
}
