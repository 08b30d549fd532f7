// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Keeps what it is asked and gives the answer it was made with; as a person does, it may do something before it answers.</summary>
internal sealed class RecordedApproval(bool answer, bool mayWait = true, Func<Task>? beforeAnswer = null) : IChangeApproval
{
    internal List<SqlPlan> Plans { get; } = [];

    internal IEnumerable<string> Statements => Plans.SelectMany(plan => plan.Statements);

    public bool MayWait => mayWait;

    public async Task<bool> ApproveAsync(IReadOnlyList<SqlPlan> plans)
    {
        Plans.AddRange(plans);
        await (beforeAnswer?.Invoke() ?? Task.CompletedTask);
        return answer;
    }
}
