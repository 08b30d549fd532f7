// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>The base of every cmdlet that speaks to a provider.</summary>
public abstract class CloudCmdlet : AsyncCmdlet
{
    private SessionTable? _sessions;

    /// <summary>The session to use: an object from Connect-PgCloud or its name. Without it an instance's own session is used, then the
    /// runspace's default.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(Completion.SessionNameCompleter))]
    public PgCloudSession? Session { get; set; }

    /// <summary>The session for work that is about no instance yet.</summary>
    private protected PgCloudSession SessionOrDefault => Session ?? Default;

    private PgCloudSession Default
    {
        get
        {
            try
            {
                return _sessions!.Default;
            }
            catch (PgCloudException exception)
            {
                throw new TerminatingException(exception);
            }
        }
    }

    /// <summary>The session for work on an instance.</summary>
    private protected PgCloudSession SessionFor(PgInstance instance) => Session ?? instance.Session ?? Default;

    /// <summary>Reads the instance the user means, afresh.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.NotFound</c>.</exception>
    private protected async Task<PgInstance> ResolveAsync(InstanceArgument argument, CancellationToken cancellation)
    {
        PgCloudSession session = argument.Instance is { } given ? SessionFor(given) : SessionOrDefault;
        PgInstance instance = await session.Cloud.FindInstanceAsync(argument.NameOrId, Reporter, cancellation)
            ?? throw PgErrors.InstanceNotFound(argument.ToString());
        instance.Session = session;
        return instance;
    }

    /// <summary>Notes on an instance that leaves the cmdlet through which session it was read and what was done.</summary>
    private protected static PgInstance Stamp(PgInstance instance, PgCloudSession session, PgChange change)
    {
        instance.Session = session;
        instance.Change = change;
        return instance;
    }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin() => _sessions = SessionTable.Current;
}
