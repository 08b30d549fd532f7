// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>One zone and one rule for each instance, whatever becomes of the calls and whoever else writes.</summary>
public sealed class IbmAccessTests(EmulatedIbm cloud) : IClassFixture<EmulatedIbm>
{
    private readonly Heard _heard = new();

    public static TheoryData<string, string, string> LostAnswers
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (string fault in new[] { "500-done", "cut-body", "500", "cut-before" })
            {
                all.Add(fault, "POST", "*/v1/zones");
                all.Add(fault, "POST", "*/v1/rules");
                all.Add(fault, "PUT", "*/v1/zones/*");
                all.Add(fault, "PUT", "*/v1/rules/*");
            }

            return all;
        }
    }

    [Fact]
    public async Task Sixteen_writers_that_add_five_addresses_each_end_with_eighty_in_one_zone_and_one_rule()
    {
        PgInstance instance = await cloud.NewInstanceAsync("crowded");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            IbmProvider provider = cloud.NewProvider();
            IReadOnlyList<PgAuthorisedIp> added = await provider.AddAuthorisedIpsAsync(
                instance, Ranges([.. Enumerable.Range(1, 5).Select(n => $"10.0.{writer}.{n}/32")]), _heard, CancellationToken.None);
            Assert.All(added, a => Assert.Equal(PgChange.Created, a.Change));
        })));
        IReadOnlyList<PgAuthorisedIp> all = await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None);
        Assert.Equal((80, 80), (all.Count, all.Select(a => a.Cidr).Distinct().Count()));
        await AssertOneAsync(instance);
    }

    [Fact]
    public async Task Writers_that_add_and_remove_the_last_address_at_once_end_in_peace()
    {
        PgInstance instance = await cloud.NewInstanceAsync("contended");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            IbmProvider provider = cloud.NewProvider();
            string range = $"10.1.{writer}.1/32";
            for (int round = 0; round < 3; round++)
            {
                await provider.AddAuthorisedIpsAsync(instance, Ranges(range), _heard, CancellationToken.None);
                await provider.RemoveAuthorisedIpsAsync(instance, [range], _heard, CancellationToken.None);
            }
        })));
        await cloud.Provider.SetAuthorisedIpsAsync(instance, Ranges("192.0.2.1/32"), _heard, CancellationToken.None);
        Assert.Equal("192.0.2.1/32", Assert.Single(await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None)).Cidr);
        await AssertOneAsync(instance);
    }

    [Fact]
    public async Task Without_an_address_nobody_is_let_in()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await AddAsync(instance, "198.51.100.1/32");
        PgAuthorisedIp removed = Assert.Single(
            await cloud.Provider.RemoveAuthorisedIpsAsync(instance, ["198.51.100.1/32"], _heard, CancellationToken.None));
        Assert.Equal(PgChange.Removed, removed.Change);
        Assert.Empty(await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None));
        await AssertOneAsync(instance);
        IbmAddress nobody = Assert.Single(Assert.Single(await cloud.ZonesAsync(instance)).AddressesPreview!);
        Assert.Equal("192.0.2.0", nobody.Value);
        Assert.Equal("enabled", Assert.Single(await cloud.RulesAsync(instance)).EnforcementMode.ToString());
        await AddAsync(instance, "198.51.100.2/32");
        Assert.Equal("198.51.100.2", Assert.Single(Assert.Single(await cloud.ZonesAsync(instance)).AddressesPreview!).Value);
    }

    [Fact]
    public async Task An_address_that_another_adds_while_the_last_is_removed_stays()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await AddAsync(instance, "198.51.100.1/32");
        await RaceAsync(instance, new { type = "ipAddress", value = "198.51.100.1" }, new { type = "ipAddress", value = "203.0.113.9" });
        await cloud.Provider.RemoveAuthorisedIpsAsync(instance, ["198.51.100.1/32"], _heard, CancellationToken.None);
        Assert.Equal("203.0.113.9/32", Assert.Single(await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None)).Cidr);
        await AssertOneAsync(instance);
    }

    [Fact]
    public async Task A_network_that_another_puts_into_the_zone_is_shown_and_stays()
    {
        const string Vpc = "crn:v1:bluemix:public:is:ca-mon:a/1::vpc:r038-1";
        PgInstance instance = await cloud.NewInstanceAsync();
        await AddAsync(instance, "198.51.100.1/32");
        await RaceAsync(instance, new { type = "ipAddress", value = "198.51.100.1" }, new { type = "vpc", value = Vpc });
        await cloud.Provider.SetAuthorisedIpsAsync(instance, Ranges("203.0.113.7/32"), _heard, CancellationToken.None);
        IReadOnlyList<PgAuthorisedIp> all = await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None);
        Assert.Equal([(Vpc, true), ("203.0.113.7/32", false)], all.Select(a => (a.Cidr, a.IsForeign)));
        PgCloudException refused = await Assert.ThrowsAsync<PgCloudException>(
            () => cloud.Provider.RemoveAuthorisedIpsAsync(instance, [Vpc], _heard, CancellationToken.None));
        Assert.Equal("PgCloud.Network.AddressForeign", refused.ErrorId);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_write_whose_answer_is_lost_is_made_once(string fault, string method, string path)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        if (method == "PUT")
        {
            await AddAsync(instance, "198.51.100.1/32");
        }

        await cloud.FailNextAsync(fault, method, path);
        PgEnforcementMode? mode = path.Contains("rules/", StringComparison.Ordinal) ? PgEnforcementMode.Disabled : null;
        await cloud.Provider.AddAuthorisedIpsAsync(instance, Ranges("203.0.113.7/32"), mode, _heard, CancellationToken.None);
        await cloud.FailNoMoreAsync();
        IReadOnlyList<PgAuthorisedIp> all = await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None);
        Assert.Equal(method == "PUT" ? ["198.51.100.1/32", "203.0.113.7/32"] : ["203.0.113.7/32"], all.Select(a => a.Cidr));
        Assert.All(all, a => Assert.Equal(mode is null ? "enabled" : "disabled", a.EnforcementMode));
        await AssertOneAsync(instance);
    }

    [Fact]
    public async Task A_change_of_the_zone_that_another_comes_before_is_made_on_what_is_there_then()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await AddAsync(instance, "198.51.100.1/32");
        await RaceAsync(instance, new { type = "ipAddress", value = "198.51.100.1" }, new { type = "ipRange", value = "192.0.2.1-192.0.2.9" });
        await AddAsync(instance, "203.0.113.7/32");
        IReadOnlyList<PgAuthorisedIp> all = await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None);
        Assert.Equal(["192.0.2.1-192.0.2.9", "198.51.100.1/32", "203.0.113.7/32"], all.Select(a => a.Cidr));
        Assert.Equal([("ipRange", true), ("ipAddress", false), ("ipAddress", false)], all.Select(a => (a.Kind, a.IsForeign)));
    }

    [Fact]
    public async Task A_change_of_the_rule_that_another_comes_before_is_made_again()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await AddAsync(instance, "198.51.100.1/32");
        IbmRule rule = Assert.Single(await cloud.RulesAsync(instance));
        await cloud.RaceAsync("rule", rule.Id!, new
        {
            description = rule.Description,
            contexts = Array.Empty<object>(),
            resources = rule.Resources.Select(r => new { attributes = r.Attributes.Select(a => new { name = a.Name, value = a.Value }) }),
            operations = new { api_types = rule.Operations!.ApiTypes.Select(t => new { api_type_id = t.ApiTypeId }) },
        });
        await cloud.Provider.SetAuthorisedIpsAsync(
            instance, Ranges("198.51.100.1/32"), PgEnforcementMode.Disabled, _heard, CancellationToken.None);
        PgAuthorisedIp only = Assert.Single(await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None));
        Assert.Equal(("198.51.100.1/32", "disabled"), (only.Cidr, only.EnforcementMode));
    }

    [Fact]
    public async Task What_is_not_found_at_first_is_not_made_twice()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.SetQuirksAsync(new { restrictionAppearanceSeconds = 180 });
        try
        {
            await AddAsync(instance, "198.51.100.1/32");
            await AddAsync(instance, "198.51.100.2/32");
        }
        finally
        {
            await cloud.SetQuirksAsync(new { restrictionAppearanceSeconds = 0 });
        }

        await AddAsync(instance, "198.51.100.3/32");
        await AssertOneAsync(instance);
        Assert.Equal(3, (await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Rules_that_are_not_enforced_restrict_nobody_and_that_is_said()
    {
        PgInstance instance = await cloud.NewInstanceAsync("open");
        await cloud.Provider.AddAuthorisedIpsAsync(
            instance, Ranges("198.51.100.1/32"), PgEnforcementMode.Disabled, _heard, CancellationToken.None);
        Assert.Single(await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None));
        Assert.Contains(_heard.Steps, w => w.Contains("is in force for 'open' (disabled): everybody", StringComparison.Ordinal));
        await cloud.Provider.SetAuthorisedIpsAsync(
            instance, Ranges("198.51.100.1/32"), PgEnforcementMode.Enabled, _heard, CancellationToken.None);
        var after = new Heard();
        await cloud.Provider.GetAuthorisedIpsAsync(instance, after, CancellationToken.None);
        Assert.DoesNotContain(after.Steps, s => s.Contains("everybody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_written_where_nothing_differs()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await AddAsync(instance, "198.51.100.1/32");
        foreach (string method in new[] { "PUT", "POST" })
        {
            Assert.Equal(0, await cloud.CallsAsync(() => AddAsync(instance, "198.51.100.1/32"), method, "context-based"));
        }
    }

    private static AuthorisedIpRequest[] Ranges(params string[] ranges) => [.. ranges.Select(r => new AuthorisedIpRequest(r, null, null))];

    private Task AddAsync(PgInstance instance, string range) =>
        cloud.Provider.AddAuthorisedIpsAsync(instance, Ranges(range), _heard, CancellationToken.None);

    // Has another client replace the addresses of the zone just before they are changed next.
    private async Task RaceAsync(PgInstance instance, params object[] addresses)
    {
        IbmZone zone = Assert.Single(await cloud.ZonesAsync(instance));
        await cloud.RaceAsync("zone", zone.Id!, new { name = zone.Name, account_id = cloud.AccountId, addresses });
    }

    private async Task AssertOneAsync(PgInstance instance)
    {
        IbmZone zone = Assert.Single(await cloud.ZonesAsync(instance));
        IbmRule rule = Assert.Single(await cloud.RulesAsync(instance));
        Assert.Equal(zone.Id, rule.Contexts.Single().Attributes.Single(a => a.Name == "networkZoneId").Value);
    }
}
