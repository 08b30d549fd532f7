// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>
///   Every failure of the module: its id, its kind, its words and what to do about it. One method a failure, grouped by area in the files
///   beside this one.
/// </summary>
internal static partial class PgErrors
{
    internal static PgCloudException Unexpected(Exception inner, object? target) => new(
        "PgCloud.Unexpected",
        PgErrorKind.Unexpected,
        target,
        $"{inner.GetType().Name}: {inner.Message}",
        "This is a defect of PgCloud: please report it with the output of Get-Error.",
        inner);

    internal static PgCloudException NotConnected() => new(
        "PgCloud.Cloud.NotConnected",
        PgErrorKind.InvalidState,
        null,
        "There is no session to a cloud account in this runspace.",
        "Run Connect-PgCloud first, or give -Session.");

    internal static PgCloudException SessionNotFound(string name) => new(
        "PgCloud.Cloud.SessionNotFound",
        PgErrorKind.NotFound,
        name,
        $"There is no session named '{name}' in this runspace.",
        "Get-PgCloudSession lists the sessions.");

    internal static PgCloudException ProviderNotFound(string name, IEnumerable<PgProvider> providers) => new(
        "PgCloud.Provider.NotFound",
        PgErrorKind.NotFound,
        name,
        $"There is no provider named '{name}'.",
        $"There are: {string.Join(", ", providers)}.");

    internal static PgCloudException StateDirectoryInvalid(string path, string reason, Exception? inner = null) => new(
        "PgCloud.Cloud.StateDirectoryInvalid",
        PgErrorKind.File,
        path,
        $"The directory '{path}' cannot hold instances: {reason}",
        "Give another one with Connect-PgCloud -StateDirectory or in the environment variable PGCLOUD_HOME.",
        inner);

    internal static PgCloudException NotSupported(PgProviderName provider, string what, string wayRound) => new(
        "PgCloud.Provider.NotSupported",
        PgErrorKind.NotSupported,
        provider.ToString(),
        $"Provider {provider} does not offer this: {what}.",
        wayRound);

    internal static PgCloudException ParameterNeeds(string given, string needed) => new(
        "PgCloud.Parameter.Incomplete",
        PgErrorKind.InvalidArgument,
        given,
        $"-{given} goes with -{needed} only, and that is not given.",
        $"Give -{needed}, or leave -{given} out.");

    internal static PgCloudException ParametersExclude(string one, string other) => new(
        "PgCloud.Parameter.Conflict",
        PgErrorKind.InvalidArgument,
        one,
        $"-{one} and -{other} exclude each other.",
        "Give one of them.");

    internal static PgCloudException ParameterNotOfProvider(PgProviderName provider, string parameter) => new(
        "PgCloud.Provider.NotSupported",
        PgErrorKind.NotSupported,
        provider.ToString(),
        $"Provider {provider} does not offer this: -{parameter}.",
        "Leave it out, or use a provider that has it: the help of the cmdlet says which.");
}
