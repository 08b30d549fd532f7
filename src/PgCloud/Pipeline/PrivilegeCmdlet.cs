// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>What Grant-PgPrivilege and Revoke-PgPrivilege share.</summary>
public abstract class PrivilegeCmdlet : GatheringCmdlet<PrivilegeRequest>
{
    private protected const string ObjectSet = "Object";
    private protected const string PresetSet = "Preset";

    /// <summary>The privileges in PostgreSQL's words: SELECT, USAGE, CONNECT …, or ALL.</summary>
    [Parameter(Position = 0, ParameterSetName = ObjectSet)]
    [ArgumentCompleter(typeof(PrivilegeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Privilege { get; set; } = [];

    /// <summary>
    ///   A set of privileges under one word. ReadOnly: to read all tables, views and sequences. ReadWrite: also to write rows, to use sequences
    ///   and to call routines. Owner: everything that can be had without owning the objects.
    /// </summary>
    [Parameter(ParameterSetName = PresetSet, Mandatory = true)]
    public PgPrivilegePreset Preset { get; set; }

    /// <summary>
    ///   The kind of the objects; without it a table is meant, as in GRANT, or the database that is piped in. Table fits everything that has
    ///   rows, and Routine functions and procedures.
    /// </summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public PgObjectType? ObjectType { get; set; }

    /// <summary>The schemas the objects are in. With -Preset the schemas it is for; without, it is for the whole database.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Schema { get; set; } = [];

    /// <summary>
    ///   The objects' names, exactly as they are. A routine that has namesakes is named with its argument types, as in 'f(integer, text)', and
    ///   a large object by its OID.
    /// </summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Only these columns of the tables.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[] Column { get; set; } = [];

    /// <summary>All objects of the kind in the schemas; without -Schema, in all schemas but the system's own. What belongs to extensions is left out.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter All { get; set; }

    /// <summary>
    ///   Default privileges: for objects that the roles of -Owner will make, in the schemas of -Schema or everywhere. With -All for those that
    ///   are there, too.
    /// </summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter Default { get; set; }

    /// <summary>Who makes the objects to come, for -Default and -Preset.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Owner { get; set; } = [];

    /// <summary>The roles it is about, or public, which is everybody. A role that is piped in is the grantee.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Grantee { get; set; } = [];

    /// <summary>Whether the grantee PUBLIC is everybody; -IsPublic:$false means the role that is called so.</summary>
    [Parameter]
    public SwitchParameter IsPublic { get; set; }

    /// <summary>A privilege, whose object and grantee are taken over, a role as the grantee, or a database.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [RevivedTransformation]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes the privileges.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Adds to the request what only this cmdlet knows.</summary>
    private protected abstract PrivilegeRequest Complete(PrivilegeRequest request, PipedPrivilege piped);

    /// <summary>Carries the requests out.</summary>
    private protected abstract Task<ChangeOutcome<PgPrivilege>?> ApplyAsync(
        IPrivilegeChanges privileges, IReadOnlyList<PrivilegeRequest> requests, CancellationToken cancellation);

    /// <inheritdoc/>
    private protected override PrivilegeRequest Ask()
    {
        var piped = new PipedPrivilege(InputObject);
        piped.RefuseIndirect();
        bool isPreset = ParameterSetName == PresetSet;
        bool isDefault = !isPreset && (Default || piped.IsDefault);
        var request = new PrivilegeRequest
        {
            Preset = isPreset ? Preset : null,
            PresetSchema = isPreset ? Schema : [],
            Objects = isPreset ? null : piped.Request(ObjectType, Schema, Name, Column, All, isDefault),
            Privilege = piped.Privilege(Privilege),
            Grantee = piped.Grantee(Grantee, IsConnectionGiven),
            IsPublic = IsGiven(nameof(IsPublic)) ? IsPublic.IsPresent : piped.IsPublic,
            Default = isDefault,
            Owner = piped.Owner(Owner),
        };
        return Complete(request, piped);
    }

    /// <inheritdoc/>
    private protected override async Task ApplyAsync(
        ISqlSession session, IReadOnlyList<PgConnection> connections, IReadOnlyList<PrivilegeRequest> requests, CancellationToken cancellation)
    {
        About<PgPrivilege>(string.Join("; ", requests.Select(Describe)));
        if (await ApplyAsync(session.PrivilegeChanges, requests, cancellation) is not { } outcome)
        {
            return;
        }

        foreach (PgPrivilege privilege in outcome.Results)
        {
            privilege.Connection = connections[0];
        }

        Record(outcome.Results, outcome.Failures.Select(f => ((object?)AuditTarget.Named<PgPrivilege>(f.Target?.ToString() ?? string.Empty), f)));
        foreach (PgCloudException failure in outcome.Failures)
        {
            await WriteErrorAsync(failure);
        }

        await WriteAllAsync(PassThru ? outcome.Results : []);
    }

    private static string Describe(PrivilegeRequest request)
    {
        string what = request.Preset is { } preset ? preset.ToString() : string.Join(", ", request.Privilege);
        string on = request.Objects is { } objects
            ? $"{objects.Type} {string.Join(", ", objects.Name.Count > 0 ? objects.Name : objects.Schema)}"
            : string.Join(", ", request.PresetSchema);
        return $"{what} on {on} to {string.Join(", ", request.Grantee)}";
    }
}
