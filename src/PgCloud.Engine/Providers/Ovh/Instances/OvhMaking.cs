// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>Makes what must not be made twice.</summary>
internal static class OvhMaking
{
    /// <summary>
    ///   Makes something that was not there. Where the end of that is not seen, it is looked for: "after a 409 or 500, list all and adopt the
    ///   one of the same name" (terraform-provider-ovh #1306, #1339). It shows with a delay.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="what">What is made, in words.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="find">Looks for it.</param>
    /// <param name="delay">How long it may take to show.</param>
    /// <param name="reporter">Hears that it was found.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="isUnique">Whether the API refuses another one like it, so that a conflict may mean that somebody else was faster.</param>
    /// <param name="target">What the user calls it, for an error to be about.</param>
    /// <returns>It, and whether it was made here.</returns>
    internal static async Task<(T Made, bool IsOurs)> MakeAsync<T>(
        this OvhProject project,
        string what,
        Func<Task<T>> make,
        Func<Task<T?>> find,
        TimeSpan delay,
        IReporter reporter,
        CancellationToken cancellation,
        bool isUnique = true,
        object? target = null)
        where T : class
    {
        try
        {
            return (await make(), true);
        }
        catch (PgCloudException exception) when (
            exception.ErrorId == OvhErrorIds.OutcomeUnknown || (isUnique && exception.ErrorId == OvhErrorIds.Conflict))
        {
            (T? found, _) = await project.WaitAsync(find, f => f is not null, delay, cancellation);
            if (found is null)
            {
                exception.Target ??= target;
                throw;
            }

            reporter.Step($"The API's answer was {exception.ErrorId}; {what} is there", TimeSpan.Zero);
            return (found, exception.ErrorId == OvhErrorIds.OutcomeUnknown);
        }
    }
}
