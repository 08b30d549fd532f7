// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>The access by which Prometheus fetches an instance's metrics.</summary>
public interface IPrometheus
{
    /// <summary>Reads where the metrics are served, and to whom.</summary>
    Task<PgPrometheus> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Has a new password made. It is told once, here.</summary>
    Task<PrometheusWithPassword> ResetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);
}

/// <summary>The access and its new password.</summary>
/// <param name="Access">The access.</param>
/// <param name="Password">The password.</param>
public sealed record PrometheusWithPassword(PgPrometheus Access, SecureString Password)
{
    /// <summary>The access; never the password.</summary>
    public override string ToString() => Access.ToString();
}
