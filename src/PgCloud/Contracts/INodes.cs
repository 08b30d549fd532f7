// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The machines that instances stand on.</summary>
public interface INodes
{
    /// <summary>Reads the nodes of an instance.</summary>
    Task<IReadOnlyList<PgNode>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);
}
