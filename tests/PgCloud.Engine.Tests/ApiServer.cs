// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Tests;

/// <summary>What a call looked like when it arrived.</summary>
internal sealed record Received(string Method, string Url, NameValueCollection Headers, string Body)
{
    internal string Path => new Uri(Url).AbsolutePath;
}

/// <summary>What is answered, or how the answer fails.</summary>
internal sealed record Reply(int Status, string Body)
{
    internal string ContentType { get; init; } = "application/json";

    internal Dictionary<string, string> Headers { get; init; } = [];

    internal TimeSpan Delay { get; init; }

    internal bool IsCutBefore { get; init; }

    internal bool IsCutWithin { get; init; }

    internal static Reply Json(string body) => new(200, body);

    internal static Reply Error(int status, string errorClass, string message) => new(status, $$"""{"class":"{{errorClass}}","message":"{{message}}"}""");

    internal static Reply Gateway(int status, string code, string message) =>
        new(status, $$"""{"errorCode":"{{code}}","httpCode":"{{status}} X","message":"{{message}}"}""");
}

/// <summary>A real HTTP server on loopback that answers as the test says, and keeps what it received.</summary>
internal sealed class ApiServer : IDisposable
{
    private readonly WebApplication _application;
    private readonly Func<Received, Reply> _answer;
    private readonly ConcurrentQueue<Received> _received = [];

    internal ApiServer(Func<Received, Reply> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        _application = builder.Build();
        _application.Run(ServeAsync);
        _application.StartAsync().GetAwaiter().GetResult();
        Origin = _application.Urls.Single();
    }

    internal string Origin { get; }

    /// <summary>The paces of its callers: another server may get the same port later, and must not inherit them.</summary>
    internal ApiPaceRegistry Paces { get; } = new();

    /// <summary>The same of whether it is worth calling.</summary>
    internal ApiCircuitRegistry Circuits { get; } = new();

    internal string Api => Origin + "/1.0";

    internal IReadOnlyList<Received> Received => [.. _received];

    /// <summary>How far the server's clock is off.</summary>
    internal long ClockOff { get; set; }

    internal long Time => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + ClockOff;

    public void Dispose()
    {
        // A call that is still being answered is not waited for.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        _application.StopAsync(now.Token).GetAwaiter().GetResult();
        ((IDisposable)_application).Dispose();
    }

    internal int Count(string path) => _received.Count(r => r.Path == "/1.0" + path);

    /// <summary>The same of a path that has no base before it.</summary>
    internal int CountAt(string path) => _received.Count(r => r.Path == path);

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = new NameValueCollection();
        foreach ((string name, StringValues value) in context.Request.Headers)
        {
            headers[name] = value.ToString();
        }

        // As it stood on the wire: what was signed.
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var received = new Received(context.Request.Method, Origin + target, headers, await reader.ReadToEndAsync());
        _received.Enqueue(received);
        Reply reply = received.Path == "/1.0/auth/time" ? Reply.Json($"{Time}") : _answer(received);
        await Task.Delay(reply.Delay);
        if (reply.IsCutBefore)
        {
            context.Abort();
            return;
        }

        byte[] body = Encoding.UTF8.GetBytes(reply.Body);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers["X-Ovh-QueryID"] = "EU.ext-1.0";
        foreach ((string name, string value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(reply.IsCutWithin ? body.AsMemory(0, body.Length / 2) : body);
        await context.Response.Body.FlushAsync();
        if (reply.IsCutWithin)
        {
            context.Abort();
        }
    }
}
