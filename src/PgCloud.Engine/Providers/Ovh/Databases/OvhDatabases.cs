// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Engine.Providers.Ovh.Pools;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Databases;

/// <summary>The databases that the API knows. They can be made and removed, and nothing else: it knows neither owner nor encoding.</summary>
internal sealed class OvhDatabases(OvhProject project, OvhPatience patience) : ICloudDatabases
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgCloudDatabase>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
    [
        .. (await PartsOf(instance, reporter).ListAsync(cancellation))
            .Select(d => Describe(d, instance, PgChange.None))
            .OrderBy(d => d.Name, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public async Task<PgCloudDatabase> CreateAsync(PgInstance instance, string name, IReporter reporter, CancellationToken cancellation)
    {
        if (PgNames.FlawOf(name) is { } flaw)
        {
            throw PgErrors.DatabaseNameInvalid(name, flaw);
        }

        OvhParts<OvhDatabase> databases = PartsOf(instance, reporter);
        if (await databases.FindAsync(name, cancellation) is { } present)
        {
            return Describe(present, instance, PgChange.Unchanged);
        }

        (OvhDatabase made, bool isNew) = await databases.CreateAsync(name, new JObject { ["name"] = name }, cancellation);
        return Describe(made, instance, isNew ? PgChange.Created : PgChange.Unchanged);
    }

    /// <inheritdoc/>
    public async Task<PgCloudDatabase> RemoveAsync(PgInstance instance, string name, IReporter reporter, CancellationToken cancellation)
    {
        OvhParts<OvhDatabase> databases = PartsOf(instance, reporter);
        IReadOnlyList<OvhDatabase> all = await databases.ListAsync(cancellation);
        OvhDatabase present = all.FirstOrDefault(d => d.Name == name)
            ?? throw PgErrors.CloudDatabaseNotFound(name, instance.Name, all.Select(d => d.Name));
        if (present.Default)
        {
            throw PgErrors.DatabaseProtected(
                name,
                $"'{instance.Name}' has it from the start, and the provider removes it with the instance only",
                "Remove what is in it by SQL instead, or the whole instance: Remove-PgInstance.");
        }

        await ThrowIfPooledAsync(present, instance, reporter, cancellation);
        await databases.DeleteAsync(present, cancellation);
        return Describe(present, instance, PgChange.Removed);
    }

    internal static OvhParts<OvhDatabase> PartsOf(
        OvhProject project, OvhPatience patience, PgInstance instance, IReporter reporter) =>
        new(project, patience, instance, OvhPartKind.Database, reporter);

    private OvhParts<OvhDatabase> PartsOf(PgInstance instance, IReporter reporter) => PartsOf(project, patience, instance, reporter);

    // A pool would stay, and lead nowhere.
    private async Task ThrowIfPooledAsync(OvhDatabase database, PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<OvhPool> pools = await OvhPools.PartsOf(project, patience, instance, reporter).ListAsync(cancellation);
        string[] uses = [.. pools.Where(p => p.DatabaseId == database.Id).Select(p => p.Name).Order(StringComparer.Ordinal)];
        if (uses.Length > 0)
        {
            throw PgErrors.DatabaseInUse(
                database.Name,
                [.. uses.Select(u => $"the connection pool '{u}' leads to it")],
                $"Remove the pools first: Remove-PgConnectionPool '{instance.Name}' -Name {string.Join(", ", uses.Select(u => $"'{u}'"))}.");
        }
    }

    private static PgCloudDatabase Describe(OvhDatabase database, PgInstance instance, PgChange change) => new()
    {
        Name = database.Name,
        Id = database.Id,
        IsDefault = database.Default,
        Instance = instance,
        Change = change,
    };
}
