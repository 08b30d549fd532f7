// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Cloud resource names: crn:v1:bluemix:public:service:location:a/account:instance:type:resource.</summary>
internal static class Crn
{
    internal static string Of(string service, string location, string account, string instance = "", string type = "", string resource = "") =>
        $"crn:v1:bluemix:public:{service}:{location}:a/{account}:{instance}:{type}:{resource}";
}
