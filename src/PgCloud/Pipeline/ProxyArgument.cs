// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>What <c>-Proxy</c> and <c>-ProxyCredential</c> say about the calls of a cloud's API.</summary>
internal static class ProxyArgument
{
    /// <summary>Reads both.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Parameter.Incomplete</c>.</exception>
    internal static CallSettings Read(Uri? proxy, PSCredential? credential) => credential is not null && proxy is null
        ? throw PgErrors.ParameterNeeds("ProxyCredential", "Proxy")
        : new CallSettings { Proxy = proxy, ProxyUser = credential?.UserName, ProxyPassword = credential?.Password };
}
