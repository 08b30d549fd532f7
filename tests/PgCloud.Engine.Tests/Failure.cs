// SPDX-License-Identifier: MIT

using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests;

/// <summary>Calls that must fail.</summary>
internal static class Failure
{
    internal static async Task<PgCloudException> ExpectAsync(string id, Func<Task> act)
    {
        PgCloudException failure = await Assert.ThrowsAsync<PgCloudException>(act);
        Assert.True(failure.ErrorId == id, $"{failure.ErrorId} instead of {id}: {failure.Message}");
        return failure;
    }
}
