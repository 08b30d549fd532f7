// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Offers;
using PgCloud.Emulator.Ovh.Projects;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>
///   What a PUT changes. What is absent or the same stays. Of what needs the machines only one thing may change at a time; that this is
///   what OVHcloud means by "one modification" is a guess.
/// </summary>
internal sealed class ServiceUpdate
{
    private readonly List<Action<Service>> _small = [];
    private readonly List<Action<Service>> _large = [];
    private readonly Service _service;
    private readonly Body _body;

    private ServiceUpdate(Service service, Body body)
    {
        _service = service;
        _body = body;
    }

    /// <summary>The whole new list of authorised IPs, where it is another than now.</summary>
    internal IReadOnlyList<(string Ip, string Description)>? Ips { get; private set; }

    /// <summary>Whether the service is UPDATING for long.</summary>
    internal bool IsLarge => _large.Count > 0;

    /// <summary>Whether it is UPDATING at all for other reasons than its IPs.</summary>
    internal bool IsSlow { get; private set; }

    /// <summary>Reads the request; the caller holds the service.</summary>
    internal static ServiceUpdate Read(Service service, Body body)
    {
        var update = new ServiceUpdate(service, body);
        update.ReadOffer();
        update.ReadNetwork();
        update.ReadBackups();
        update.ReadSettings();
        update.ReadIps();
        return update._large.Count > 1 ? throw ApiErrors.OnlyOneModification()
            : update._large.Count + update._small.Count == 0 && update.Ips is null ? throw ApiErrors.NoUpdate()
            : update;
    }

    internal void Apply()
    {
        foreach (Action<Service> change in _small.Concat(_large))
        {
            change(_service);
        }
    }

    private void ReadOffer()
    {
        Offer now = _service.Offer;
        Plan plan = _body.Text("plan") is { } p ? Choice.Plan(p) : now.Plan;
        if (plan != now.Plan && !OfferTable.IsUpgrade(now.Plan, plan))
        {
            throw ApiErrors.NotFound("PlanInvalidUpgrade", $"You cannot upgrade plan {now.Plan.Name} to {plan.Name}");
        }

        // The number of nodes goes with the plan.
        if (_body.Number("nodeNumber") is { } nodes && nodes != plan.Nodes && nodes != _service.Nodes.Count)
        {
            throw ApiErrors.NotFound("InvalidNodeNumber", $"Invalid number of nodes {nodes}");
        }

        string version = _body.Text("version") is { } v ? Choice.Version(v) : now.Version;
        Flavor flavor = _body.Text("flavor") is { } f ? Choice.Flavor(f) : now.Flavor;

        // The control panel's one change of two things: a plan, with a flavor of it, where it has none of the present (UpdatePlan.modal).
        if (plan != now.Plan && flavor != now.Flavor && version == now.Version && !OfferTable.IsFor(now.Flavor, plan))
        {
            ChangeFlavor(now with { Plan = plan, Flavor = flavor });
            return;
        }

        if (new[] { plan != now.Plan, version != now.Version, flavor != now.Flavor }.Count(differs => differs) > 1)
        {
            throw ApiErrors.OnlyOneModification();
        }

        if (plan != now.Plan)
        {
            ChangeOffer(now with { Plan = plan });
        }

        if (version != now.Version)
        {
            ChangeOffer(OfferTable.Number(version) > OfferTable.Number(now.Version) ? now with { Version = version } : throw ApiErrors.NoMatchingCompute());
        }

        if (flavor != now.Flavor)
        {
            ChangeFlavor(now with { Flavor = flavor });
        }
        else if (Disk is { } size && size != _service.DiskSize)
        {
            _large.Add(now.HasDisk(size) ? s => s.DiskSize = size : throw ApiErrors.NoMatchingCompute());
        }
    }

    private long? Disk => _body.Object("storage")?.Object("size")?.Number("value") is { } value && value != _service.DiskSize
        ? value
        : _body.Object("disk")?.Number("size");

    // A flavor may bring its storage along: what is smaller than its least becomes that.
    private void ChangeFlavor(Offer offer)
    {
        long size = Math.Max(Disk ?? _service.DiskSize, offer.Flavor.MinDisk);
        if (offer.Flavor.MaxDisk < size)
        {
            throw ApiErrors.BadRequest(
                "FlavorDiskSizeTooLow",
                $"Requested flavor {offer.Flavor.Name} does not offer enough disk space. It has {offer.Flavor.MaxDisk} GB while at least {size} is required");
        }

        ChangeOffer(offer);
        _small.Add(s => s.DiskSize = size);
    }

    private void ChangeOffer(Offer offer)
    {
        Offer found = Choice.Offer(offer.Version, offer.Plan, offer.Flavor, offer.Region, offer.IsPrivate);
        _large.Add(s =>
        {
            s.Offer = found;
            s.SetNodes();
        });
    }

    // Read-only in the schema, and yet OVHcloud's own CLI changes them.
    private void ReadNetwork()
    {
        Guid? network = _body.Has("networkId") ? _body.Id("networkId") : _service.NetworkId;
        Guid? subnet = _body.Has("subnetId") ? _body.Id("subnetId") : _service.SubnetId;
        if (network == _service.NetworkId && subnet == _service.SubnetId)
        {
            return;
        }

        Networks.Check(network, subnet);
        _large.Add(s =>
        {
            s.Offer = s.Offer with { IsPrivate = network is not null };
            s.NetworkId = network;
            s.SubnetId = subnet;
        });
    }

    private void ReadBackups()
    {
        Body? backups = _body.Object("backups");
        TimeOnly? time = backups?.Time("time") is { } inner && inner != _service.BackupTime ? inner : _body.Time("backupTime");
        ChangeIf(time, _service.BackupTime, (s, t) => s.BackupTime = t);
        if (backups?.Texts("regions") is not null)
        {
            IReadOnlyList<string> regions = ServiceRequest.ReadBackupRegions(backups, _service.Offer.Region);
            if (!regions.SequenceEqual(_service.BackupRegions))
            {
                _small.Add(s => s.BackupRegions = regions);
                IsSlow = true;
            }
        }
    }

    private void ReadSettings()
    {
        if (_body.Text("description") is { } description && description != _service.Description)
        {
            _small.Add(s => s.Description = description);
        }

        ChangeIf(_body.Time("maintenanceTime"), _service.MaintenanceTime, (s, t) => s.MaintenanceTime = t);
        ChangeIf(_body.Flag("deletionProtection"), _service.DeletionProtection, (s, f) => s.DeletionProtection = f);
        if (ChangeIf(_body.Flag("enablePrometheus"), _service.EnablePrometheus, (s, f) => s.EnablePrometheus = f))
        {
            IsSlow = true;
        }
    }

    private void ReadIps()
    {
        if (_body.Objects("ipRestrictions") is { } list)
        {
            IReadOnlyList<(string Ip, string Description)> wanted = IpEntry.Read(list);
            IEnumerable<(string Ip, string Description)> now = _service.Ips.Where(i => !i.Phase.ThenGone).Select(i => (i.Ip, i.Description));
            Ips = now.ToHashSet().SetEquals(wanted) ? null : wanted;
        }
    }

    private bool ChangeIf<T>(T? wanted, T now, Action<Service, T> change)
        where T : struct
    {
        if (wanted is not { } value || value.Equals(now))
        {
            return false;
        }

        _small.Add(s => change(s, value));
        return true;
    }
}
