// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>An account that has all it may have. The emulator is this class's own, as it is full afterwards.</summary>
public sealed class IbmQuotaTests(EmulatedIbm cloud) : IClassFixture<EmulatedIbm>
{
    private const int MostZones = 500;

    private readonly Heard _heard = new();

    [Fact]
    public async Task An_instance_too_many_is_refused_by_its_quota_and_nothing_is_made()
    {
        await cloud.SetQuirksAsync(new { instanceQuota = 1 });
        try
        {
            await cloud.SeedAsync(1, "only");
            PgCloudException refused = await Failure.ExpectAsync(
                "PgCloud.Cloud.QuotaReached",
                () => cloud.Provider.CreateInstanceAsync(new NewInstanceRequest("more"), _heard, CancellationToken.None));
            Assert.Contains("reached its limit of 1", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None), i => i.Name == "more");
        }
        finally
        {
            await cloud.SetQuirksAsync(new { instanceQuota = 0 });
        }
    }

    [Fact]
    public async Task A_network_zone_too_many_is_refused_by_its_quota_and_nobody_is_let_in()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        using (IbmClient client = cloud.NewClient())
        {
            var restrictions = new IbmRestrictions(client);
            await Parallel.ForEachAsync(Enumerable.Range(0, MostZones), async (n, cancellation) => await restrictions.CreateZoneAsync(
                new IbmZone
                {
                    Name = $"other-{n}",
                    AccountId = cloud.AccountId,
                    Addresses = [new IbmAddress { Type = new("ipAddress"), Value = "203.0.113.1" }],
                },
                _heard,
                cancellation));
        }

        await Failure.ExpectAsync("PgCloud.Cloud.QuotaReached", () => cloud.Provider.AddAuthorisedIpsAsync(
            instance, [new AuthorisedIpRequest("198.51.100.1/32", null, null)], _heard, CancellationToken.None));
        Assert.Empty(await cloud.ZonesAsync(instance));
        Assert.Empty(await cloud.RulesAsync(instance));
    }
}
