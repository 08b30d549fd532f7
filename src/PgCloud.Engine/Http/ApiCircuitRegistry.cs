// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Http;

/// <summary>The circuits that are shared: an endpoint that is down is down for every account and session.</summary>
internal sealed class ApiCircuitRegistry
{
    // More endpoints than anybody has accounts at: those that are well need not be remembered beyond it.
    private const int Most = 64;

    private readonly Dictionary<string, ApiCircuit> _known = new(StringComparer.Ordinal);

    /// <summary>The one of all sessions of this process.</summary>
    internal static ApiCircuitRegistry OfThisProcess { get; } = new();

    /// <summary>The circuit for calls of that URL's host. Who called it first says how patient it is.</summary>
    internal ApiCircuit Of(Uri url, ApiClientOptions options)
    {
        string endpoint = url.GetLeftPart(UriPartial.Authority);
        lock (_known)
        {
            if (!_known.TryGetValue(endpoint, out ApiCircuit? circuit))
            {
                Sweep();
                _known[endpoint] = circuit = new ApiCircuit(endpoint, options);
            }

            return circuit;
        }
    }

    private void Sweep()
    {
        if (_known.Count >= Most)
        {
            foreach (string endpoint in _known.Where(e => e.Value.IsClosed).Select(e => e.Key).ToArray())
            {
                _known.Remove(endpoint);
            }
        }
    }
}
