// SPDX-License-Identifier: MIT

using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>What several tests assert.</summary>
internal static class Expect
{
    /// <summary>The work ends in this error, about this object, with advice.</summary>
    internal static async Task<PgCloudException> ErrorAsync(string errorId, PgErrorKind kind, object? target, Func<Task> work)
    {
        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(work);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(target, error.Target);
        Assert.False(string.IsNullOrWhiteSpace(error.Message));
        return error;
    }
}
