// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Http;

public sealed class ApiTokenTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private int _fetches;

    [Fact]
    public async Task One_is_fetched_ahead_by_one_caller_while_all_go_on_with_the_old_one()
    {
        var gate = new TaskCompletionSource();
        using var tokens = new ApiTokens(
            async (_, _) =>
            {
                int fetch = Interlocked.Increment(ref _fetches);
                await (fetch == 2 ? gate.Task : Task.CompletedTask);
                return new ApiToken($"token-{fetch}", Hour);
            },
            new ApiTokenPolicy(TimeSpan.FromSeconds(10)) { AheadAt = 0 },
            text => text);
        for (int call = 0; call < 20; call++)
        {
            Assert.Equal("token-1", await tokens.TokenAsync(new Heard(), default));
        }

        gate.SetResult();
        string seen = "token-1";
        for (int look = 0; look < 6000 && seen == "token-1"; look++)
        {
            await Task.Delay(10);
            seen = await tokens.TokenAsync(new Heard(), default);
        }

        Assert.NotEqual("token-1", seen);

        // The call that saw the second had a third fetched. Whoever still has an answer to a call with the old one may have to show it.
        for (int look = 0; look < 6000 && tokens.Mask("token-3") != "***"; look++)
        {
            await Task.Delay(10);
        }

        Assert.Equal("*** ***", tokens.Mask("token-3 token-2"));
    }

    [Theory]
    [InlineData(60, 2)]
    [InlineData(0, 3)]
    public async Task Where_that_fails_it_is_let_be_for_a_while_and_nobody_hears_of_it(int holdOff, int least)
    {
        using var tokens = new ApiTokens(
            (_, _) => Interlocked.Increment(ref _fetches) == 1
                ? Task.FromResult(new ApiToken("token-1", Hour))
                : Task.FromException<ApiToken>(PgErrors.CloudTimeout(new ApiFault("POST /identity/token", 0, null, null, null))),
            new ApiTokenPolicy(TimeSpan.FromSeconds(10)) { AheadAt = 0, HoldOff = TimeSpan.FromSeconds(holdOff) },
            text => text);
        for (int call = 0; call < 50; call++)
        {
            Assert.Equal("token-1", await tokens.TokenAsync(new Heard(), default));
            await Task.Yield();
        }

        Assert.True(holdOff > 0 ? _fetches == least : _fetches >= least, $"{_fetches} fetches");
    }

    [Fact]
    public async Task The_caller_that_gives_up_does_not_take_the_token_from_the_others()
    {
        using var tokens = new ApiTokens(
            async (_, cancellation) =>
            {
                await Task.Delay(Interlocked.Increment(ref _fetches) == 1 ? Timeout.Infinite : 0, cancellation);
                return new ApiToken("token", Hour);
            },
            new ApiTokenPolicy(TimeSpan.FromSeconds(10)),
            text => text);
        using var end = new CancellationTokenSource();
        Task<string> first = tokens.TokenAsync(new Heard(), end.Token);
        Task<string> second = tokens.TokenAsync(new Heard(), default);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("token", await second);
    }
}
