// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Databases;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Engine.Providers.Ovh.Users;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Pools;

/// <summary>The connection pools that the API makes.</summary>
internal sealed class OvhPools(OvhProject project, OvhPatience patience) : IConnectionPools
{
    /// <summary>How long the pools may not know a database that the API shows already.</summary>
    internal TimeSpan DatabaseTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgConnectionPool>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        (IReadOnlyList<OvhPool> pools, PoolNames names) = await ReadAsync(instance, needsUsers: false, reporter, cancellation);
        return [.. pools.Select(p => names.Describe(p, PgChange.None)).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<PgConnectionPool> CreateAsync(
        PgInstance instance, NewPoolRequest request, IReporter reporter, CancellationToken cancellation)
    {
        if (PgNames.FlawOf(request.Name) is { } flaw)
        {
            throw PgErrors.PoolNameInvalid(request.Name, flaw);
        }

        (IReadOnlyList<OvhPool> pools, PoolNames names) = await ReadAsync(instance, request.UserName is not null, reporter, cancellation);
        var wanted = new Wanted(
            names.DatabaseId(request.Database),
            request.Mode,
            request.Size,
            request.UserName is null ? null : names.UserId(request.UserName));
        if (pools.FirstOrDefault(p => p.Name == request.Name) is { } present)
        {
            return Same(present, wanted, names);
        }

        (OvhPool made, bool isNew) = await CreateAsync(instance, request.Name, wanted, reporter, cancellation);
        return isNew ? names.Describe(made, PgChange.Created) : Same(made, wanted, names);
    }

    /// <inheritdoc/>
    public async Task<PgConnectionPool> SetAsync(
        PgInstance instance, string name, PoolChangeRequest request, IReporter reporter, CancellationToken cancellation)
    {
        (IReadOnlyList<OvhPool> pools, PoolNames names) = await ReadAsync(instance, request.UserName is not null, reporter, cancellation);
        OvhPool present = Find(pools, name, instance);
        var wanted = new Wanted(
            request.Database is null ? present.DatabaseId : names.DatabaseId(request.Database),
            request.Mode ?? present.Mode.Known,
            request.Size ?? present.Size,
            request.AnyUser ? null : request.UserName is null ? present.UserId : names.UserId(request.UserName));
        JObject body = wanted.Differences(present);
        return body.Count == 0
            ? names.Describe(present, PgChange.Unchanged)
            : names.Describe(await PartsOf(instance, reporter).UpdateAsync(present, body, cancellation), PgChange.Updated);
    }

    /// <inheritdoc/>
    public async Task<PgConnectionPool> RemoveAsync(PgInstance instance, string name, IReporter reporter, CancellationToken cancellation)
    {
        (IReadOnlyList<OvhPool> pools, PoolNames names) = await ReadAsync(instance, needsUsers: false, reporter, cancellation);
        OvhPool present = Find(pools, name, instance);
        await PartsOf(instance, reporter).DeleteAsync(present, cancellation);
        return names.Describe(present, PgChange.Removed);
    }

    internal static OvhParts<OvhPool> PartsOf(OvhProject project, OvhPatience patience, PgInstance instance, IReporter reporter) =>
        new(project, patience, instance, OvhPartKind.Pool, reporter);

    private OvhParts<OvhPool> PartsOf(PgInstance instance, IReporter reporter) => PartsOf(project, patience, instance, reporter);

    private static OvhPool Find(IReadOnlyList<OvhPool> pools, string name, PgInstance instance) =>
        pools.FirstOrDefault(p => p.Name == name) ?? throw PgErrors.PoolNotFound(name, instance.Name, pools.Select(p => p.Name));

    private static PgConnectionPool Same(OvhPool present, Wanted wanted, PoolNames names)
    {
        PgConnectionPool pool = names.Describe(present, PgChange.Unchanged);
        return wanted.Differences(present).Count == 0 ? pool : throw PgErrors.PoolDiffers(pool);
    }

    // Right after its database was made the API refuses a pool with a 403, "Service database 'x' does not exist", although it shows the
    // database (terraform-provider-ovh, resource_cloud_project_database_postgresql_connection_pool.go).
    private async Task<(OvhPool Pool, bool IsNew)> CreateAsync(
        PgInstance instance, string name, Wanted wanted, IReporter reporter, CancellationToken cancellation)
    {
        PgCloudException? refusal = null;
        ((OvhPool? Pool, bool IsNew) made, _) = await project.WaitAsync<(OvhPool? Pool, bool IsNew)>(
            async () =>
            {
                try
                {
                    return await PartsOf(instance, reporter).CreateAsync(name, wanted.ToBody(name), cancellation);
                }
                catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.PoolDatabaseNotReady)
                {
                    refusal = exception;
                    return default;
                }
            },
            m => m.Pool is not null,
            DatabaseTimeout,
            cancellation);
        return (made.Pool ?? throw refusal!, made.IsNew);
    }

    private async Task<(IReadOnlyList<OvhPool> Pools, PoolNames Names)> ReadAsync(
        PgInstance instance, bool needsUsers, IReporter reporter, CancellationToken cancellation)
    {
        Task<IReadOnlyList<OvhPool>> pools = PartsOf(instance, reporter).ListAsync(cancellation);
        Task<IReadOnlyList<OvhDatabase>> databases = OvhDatabases.PartsOf(project, patience, instance, reporter).ListAsync(cancellation);
        await Task.WhenAll(pools, databases);
        IReadOnlyList<OvhUser> users = needsUsers || (await pools).Any(p => p.UserId is not null)
            ? await project.Client.ListAsync<OvhUser>(project.PathOf(instance, "/user"), reporter, cancellation)
            : [];
        return (await pools, new PoolNames(instance, await databases, users));
    }

    private sealed record Wanted(string DatabaseId, PgPoolMode? Mode, long Size, string? UserId)
    {
        /// <summary>What a pool is made with.</summary>
        internal JObject ToBody(string name)
        {
            var body = new JObject { ["name"] = name, ["databaseId"] = DatabaseId, ["mode"] = Word(Mode), ["size"] = Size };
            if (UserId is not null)
            {
                body["userId"] = UserId;
            }

            return body;
        }

        /// <summary>What a pool has otherwise.</summary>
        internal JObject Differences(OvhPool present)
        {
            var body = new JObject();
            Add("databaseId", DatabaseId, DatabaseId != present.DatabaseId);
            Add("mode", Word(Mode), Mode != present.Mode.Known);
            Add("size", Size, Size != present.Size);
            Add("userId", UserId, UserId != present.UserId);
            return body;

            void Add(string name, JToken? value, bool differs)
            {
                if (differs)
                {
                    body[name] = value ?? JValue.CreateNull();
                }
            }
        }

        private static string? Word(PgPoolMode? mode) => mode?.ToString().ToLowerInvariant();
    }
}
