// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>Asked between inspecting and writing: it sees what would be written, and says whether it may be.</summary>
public interface IChangeApproval
{
    /// <summary>
    ///   Whether the answer may take a person's time or be a no, so that no lock may be held while it is awaited. What is to be written is
    ///   then inspected once beforehand, and asked about again only if it is another thing by the time the lock is held.
    /// </summary>
    bool MayWait { get; }

    /// <summary>Whether the plans, one a database, may be carried out.</summary>
    Task<bool> ApproveAsync(IReadOnlyList<SqlPlan> plans);
}

/// <summary>The statements that are to run in one database, secrets masked.</summary>
/// <param name="Target">The user, host, port and database.</param>
/// <param name="Statements">The statements, without semicolons; none where all is so already.</param>
/// <param name="IsTransaction">Whether they run in one transaction; CREATE DATABASE and its like cannot.</param>
public sealed record SqlPlan(string Target, IReadOnlyList<string> Statements, bool IsTransaction = true);

/// <summary>For work whose caller has asked already.</summary>
public sealed class Approved : IChangeApproval
{
    private Approved()
    {
    }

    /// <summary>Says yes at once.</summary>
    public static Approved Beforehand { get; } = new();

    /// <inheritdoc/>
    public bool MayWait => false;

    /// <inheritdoc/>
    public Task<bool> ApproveAsync(IReadOnlyList<SqlPlan> plans) => Task.FromResult(true);
}
