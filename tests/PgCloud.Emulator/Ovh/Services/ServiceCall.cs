// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>A call about one service, which the route names.</summary>
internal sealed record ServiceCall(HttpContext Context, Service Service)
{
    internal CancellationToken Aborted => Context.RequestAborted;

    internal Body Body => Body.Of(Context);

    /// <summary>The server, for what only a server that runs can answer.</summary>
    internal ServiceServer Server => Service is { Status: not ("CREATING" or "DELETING"), Server: { } server } ? server : throw ApiErrors.ServiceNotReady(Service.Id);

    /// <summary>What minimal APIs look for.</summary>
    public static ValueTask<ServiceCall> BindAsync(HttpContext context)
    {
        Guid id = Id(context, "clusterId");
        string project = (string)context.GetRouteValue("serviceName")!;
        Service service = context.RequestServices.GetRequiredService<ServiceList>().Find(project, id) ?? throw ApiErrors.ServiceNotFound(id);
        return ValueTask.FromResult(new ServiceCall(context, service));
    }

    /// <summary>An id in the path.</summary>
    internal Guid Id(string name) => Id(Context, name);

    /// <summary>An id of the path found on its shelf.</summary>
    internal T Find<T>(string name, Shelf<T> shelf, Func<Guid, ApiException> missing)
        where T : class, IShelved => shelf.Find(Id(name)) ?? throw missing(Id(name));

    /// <summary>Refuses a change while another is under way.</summary>
    internal void ThrowIfNotReady() => Readiness.Check(Service);

    internal IResult List<T>(IEnumerable<T> items, Func<T, object> id, Func<T, object> view) => Paging.Answer(Context, items, id, view);

    internal long? Query(string name) => Context.Request.Query[name].ToString() is { Length: > 0 } text
        ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private static Guid Id(HttpContext context, string name)
    {
        string text = (string)context.GetRouteValue(name)!;
        return Guid.TryParseExact(text, "D", out Guid id) ? id : throw ApiErrors.BadRequest($"[{name}] Given data ({text}) is not valid for type uuid");
    }
}
