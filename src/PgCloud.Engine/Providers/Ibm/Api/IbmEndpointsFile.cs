// SPDX-License-Identifier: MIT

using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>
///   The file in which the Terraform provider is told other endpoints:
///   <c>{"IBMCLOUD_IAM_API_ENDPOINT": {"public": {"us-south": "https://…"}}}</c>.
/// </summary>
internal sealed class IbmEndpointsFile
{
    private readonly JObject _content;

    private IbmEndpointsFile(JObject content) => _content = content;

    internal static IbmEndpointsFile Empty { get; } = new([]);

    internal static IbmEndpointsFile Read(string path)
    {
        try
        {
            return new IbmEndpointsFile(JObject.Parse(File.ReadAllText(path)));
        }
        catch (JsonReaderException flaw)
        {
            throw PgErrors.IbmEndpointsFileInvalid(path, FormattableString.Invariant($"line {flaw.LineNumber} is no JSON"), flaw);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw PgErrors.IbmEndpointsFileInvalid(path, "it cannot be read", failure);
        }
    }

    /// <summary>The URL for a service in a region; <see langword="null"/> where the file has none.</summary>
    internal string? Find(IbmService service, IbmVisibility visibility, string region) =>
        _content[IbmEnvironment.EndpointName(service)] is JObject ways
        && ways[visibility == IbmVisibility.Public ? "public" : "private"] is JObject regions
        && regions[region] is JValue { Type: JTokenType.String } url
            ? (string?)url
            : null;
}
