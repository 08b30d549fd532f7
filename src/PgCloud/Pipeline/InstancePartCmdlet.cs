// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>
///   The base of the cmdlets for a thing of which an instance has several, such as databases and pools. What is piped in is either such a
///   thing, whose name it is about, or something else that leads to the instance, such as a user.
/// </summary>
public abstract class InstancePartCmdlet : InstanceCmdlet
{
    private bool _isNameGiven;

    /// <summary>The piped object itself: what is taken from it depends on what it is.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [RevivedTransformation]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        base.OnPipelineThreadBegin();
        _isNameGiven = MyInvocation.BoundParameters.ContainsKey("Name");
    }

    /// <summary>Works on each name; one that came with something of another kind is an error.</summary>
    private protected async Task ForEachNameAsync<T>(
        IEnumerable<string> names, Func<string, PgCloudException> notGiven, Func<string, Task> work)
    {
        foreach (string name in names)
        {
            Task Work() => IsNameOfSomethingElse<T>() ? throw notGiven(name) : work(name);
            await (InputObject?.BaseObject is T part ? ForEachAsync(part, Work) : ForEachAsync(Work));
        }
    }

    // What happens to be called like a piped user or instance must not be removed in its place.
    private bool IsNameOfSomethingElse<T>() =>
        !_isNameGiven
        && InputObject?.BaseObject is { } piped and not T
        && piped.GetType().Assembly == typeof(PgInstance).Assembly;
}
