// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Completion;

/// <summary>Asks a cloud about the instance that the line names already.</summary>
internal static class InstanceQuestion
{
    /// <summary>The answer; <see langword="null"/> where no instance is named, or there is no answer.</summary>
    /// <remarks>An instance that the line has as an object is not read again, and brings its own session along.</remarks>
    internal static T? Ask<T>(
        IDictionary? boundParameters, string parameter, Func<ICloudProvider, PgInstance, CancellationToken, Task<T>> question)
        where T : class => First(boundParameters?[parameter]) switch
        {
            PgInstance { Session: { } session } instance when boundParameters?["Session"] is null =>
                CloudQuestion.Ask(cancellation => question(session.Cloud, instance, cancellation)),
            PgInstance instance => CloudQuestion.Ask(
                boundParameters, (session, cancellation) => question(session.Cloud, instance, cancellation)),
            string { Length: > 0 } name => CloudQuestion.Ask<T>(
                boundParameters,
                async (session, cancellation) =>
                    await session.Cloud.FindInstanceAsync(name, new Silence(), cancellation) is { } instance
                        ? await question(session.Cloud, instance, cancellation)
                        : throw PgErrors.InstanceNotFound(name)),
            _ => null,
        };

    // A line may name several; the names of one of them are better than none.
    private static object? First(object? given)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            string => value,
            InstanceArgument argument => argument.Instance ?? (object)argument.NameOrId,
            IEnumerable several => First(several.Cast<object?>().FirstOrDefault()),
            _ => value,
        };
    }
}
