// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Completion;

/// <summary>Asks a cloud about the instance that the line names already.</summary>
internal static class InstanceQuestion
{
    /// <summary>The answer; <see langword="null"/> where no instance is named, or there is no answer.</summary>
    internal static T? Ask<T>(
        IDictionary? boundParameters, string parameter, Func<PgCloudSession, PgInstance, CancellationToken, Task<T>> question)
        where T : class
    {
        object? given = boundParameters?[parameter];
        given = given is PSObject wrapped ? wrapped.BaseObject : given;
        string? nameOrId = given switch
        {
            PgInstance instance => instance.Id,
            InstanceArgument argument => argument.NameOrId,
            string text => text,
            _ => null,
        };
        return nameOrId is null ? null : CloudQuestion.Ask<T>(
            boundParameters,
            async (session, cancellation) =>
                await session.Cloud.FindInstanceAsync(nameOrId, new Silence(), cancellation) is { } instance
                    ? await question(session, instance, cancellation)
                    : throw Errors.PgErrors.InstanceNotFound(nameOrId));
    }
}
