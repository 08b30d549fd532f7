// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers;
using Xunit;

namespace PgCloud.Engine.Tests;

/// <summary>The pauses between two looks at something that changes by itself.</summary>
public sealed class PollPaceTests
{
    [Fact]
    public void At_a_cloud_they_grow_from_two_seconds_to_fifteen()
    {
        PollPace pace = PollPace.OfRemoteApi;
        TimeSpan pause = pace.First;
        Assert.Equal(TimeSpan.FromSeconds(2), pause);
        for (int look = 0; look < 20; look++)
        {
            TimeSpan next = pace.After(pause);
            Assert.InRange(next, pause, TimeSpan.FromSeconds(15));
            Assert.True(next > pause || pause == TimeSpan.FromSeconds(15));
            pause = next;
        }

        Assert.Equal(TimeSpan.FromSeconds(15), pause);
    }

    [Fact]
    public async Task Each_look_is_one_call_and_the_one_that_is_as_wanted_the_last()
    {
        int looks = 0;
        (int seen, bool isDone) = await Polling.UntilAsync(
            new PollPace(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)),
            () => Task.FromResult(++looks),
            l => l == 5,
            TimeSpan.FromMinutes(1),
            CancellationToken.None);
        Assert.Equal((5, 5, true), (looks, seen, isDone));
    }
}
