// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>
///   A failure with a stable id. Made by <see cref="PgErrors"/> only, thrown by the engine and by cmdlets, and turned into an error record
///   at one place.
/// </summary>
public sealed class PgCloudException : Exception
{
    internal PgCloudException(string errorId, PgErrorKind kind, object? target, string message, string? action, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
        RecommendedAction = action;
        if (inner is PgCloudException cause)
        {
            // What says where it comes from is not lost where another error is made of one.
            Dependents = cause.Dependents;
            SqlState = cause.SqlState;
            ApiClass = cause.ApiClass;
            QueryId = cause.QueryId;
            ApiCall = cause.ApiCall;
        }
    }

    /// <summary>The stable id, <c>PgCloud.&lt;Area&gt;.&lt;Reason&gt;</c>.</summary>
    public string ErrorId { get; }

    /// <summary>What kind of failure it is.</summary>
    public PgErrorKind Kind { get; }

    /// <summary>The object the failure is about: the user's own value where there is one.</summary>
    public object? Target { get; internal set; }

    /// <summary>What the user can do about it.</summary>
    public string? RecommendedAction { get; }

    /// <summary>What depends on the object the failure is about, where that is why it failed.</summary>
    public IReadOnlyList<PgRoleDependent> Dependents { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>PostgreSQL's SQLSTATE, where the server sent one.</summary>
    public string? SqlState { get; init; }

    /// <summary>The cloud API's own name for the error, where it gave one.</summary>
    public string? ApiClass { get; init; }

    /// <summary>The id by which the cloud's support finds the call that failed.</summary>
    public string? QueryId { get; init; }

    /// <summary>The call of the cloud's API that failed: its method and its path.</summary>
    public string? ApiCall { get; init; }
}
