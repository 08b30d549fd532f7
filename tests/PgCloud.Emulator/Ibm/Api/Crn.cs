// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Cloud resource names: crn:v1:bluemix:public:service:location:a/account:instance:type:resource.</summary>
internal static class Crn
{
    internal static string Of(string service, string location, string account, string instance = "", string type = "", string resource = "") =>
        $"crn:v1:bluemix:public:{service}:{location}:a/{account}:{instance}:{type}:{resource}";

    /// <summary>The part that is an instance's guid or a resource's id, from a CRN or a bare id of a path. The slash of the account is sent as %2F.</summary>
    internal static string Read(string text) => Uri.UnescapeDataString(text);
}
