// SPDX-License-Identifier: MIT

using System.Net;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Who is let in to one instance. The caller of a change holds the instance's lock.</summary>
internal sealed class LocalAccess(InstanceDirectory directory, PgInstance instance, IReporter reporter)
{
    /// <summary>Reads the authorised ranges.</summary>
    internal IReadOnlyList<PgAuthorisedIp> Get()
    {
        ThrowIfHalfMade();
        return HbaFile.Read(directory.HbaFile).Entries.ConvertAll(e => ToIp(e, PgChange.None, null));
    }

    /// <summary>Authorises ranges in one write.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> AddAsync(IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation)
    {
        ThrowIfHalfMade();
        HbaFile rules = HbaFile.Read(directory.HbaFile);
        List<PgAuthorisedIp> result = [.. ranges.Select(r => Put(rules, r))];
        await WriteAsync(rules, result, cancellation);
        return result;
    }

    /// <summary>Authorises just these ranges in one write.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> SetAsync(IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation)
    {
        ThrowIfHalfMade();
        HbaFile rules = HbaFile.Read(directory.HbaFile);
        List<PgAuthorisedIp> result = [.. ranges.Select(r => Put(rules, r))];
        HashSet<string> wanted = [.. ranges.Select(r => r.Address)];
        result.AddRange(rules.Entries.Where(e => !wanted.Contains(e.Address)).Select(e => ToIp(e, PgChange.Removed, null)));
        rules.Entries.RemoveAll(e => !wanted.Contains(e.Address));
        await WriteAsync(rules, result, cancellation);
        return result;
    }

    /// <summary>Ends the authorisation of ranges in one write.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> RemoveAsync(IReadOnlyList<string> ranges, CancellationToken cancellation)
    {
        ThrowIfHalfMade();
        HbaFile rules = HbaFile.Read(directory.HbaFile);
        var result = new List<PgAuthorisedIp>();
        foreach (string range in ranges)
        {
            HbaEntry? entry = rules.Entries.Find(e => e.Address == range);
            result.Add(entry is null
                ? ToIp(new HbaEntry(range, string.Empty), PgChange.Unchanged, null)
                : ToIp(entry, PgChange.Removed, null));
            rules.Entries.RemoveAll(e => e.Address == range);
        }

        await WriteAsync(rules, result, cancellation);
        return result;
    }

    private PgAuthorisedIp Put(HbaFile rules, AuthorisedIpRequest range)
    {
        HbaFile.CheckDescription(range.Description ?? string.Empty);
        int at = rules.Entries.FindIndex(e => e.Address == range.Address);
        var entry = new HbaEntry(range.Address, range.Description ?? (at < 0 ? string.Empty : rules.Entries[at].Description));
        PgChange change = at < 0 ? PgChange.Created : rules.Entries[at] == entry ? PgChange.Unchanged : PgChange.Updated;
        if (at < 0)
        {
            rules.Entries.Add(entry);
        }
        else
        {
            rules.Entries[at] = entry;
        }

        WarnIfUnreachable(PgCidr.Parse(range.Address));
        return ToIp(entry, change, range.NormalisedFrom);
    }

    private async Task WriteAsync(HbaFile rules, List<PgAuthorisedIp> result, CancellationToken cancellation)
    {
        if (result.TrueForAll(r => r.Change == PgChange.Unchanged))
        {
            return;
        }

        using var step = new StepTimer(reporter, $"Write {directory.HbaFile} and reload");
        InstanceRecord record = InstanceRecord.Read(directory.Record)!;
        ServerAccount? account = ServerAccount.Find(record.Account);
        byte[] before = await File.ReadAllBytesAsync(directory.HbaFile, cancellation);
        ServerFile.Write(directory.HbaFile, rules.ToBytes(), account);
        if (instance.Status != PgInstanceStatus.Ready)
        {
            // A server that starts reads the file then.
            return;
        }

        try
        {
            await using var superuser = await SuperuserSession.OpenAsync(directory, record, cancellation);
            if (await superuser.FindRuleErrorAsync(cancellation) is { } error)
            {
                throw PgErrors.RuleFileRefused(directory.HbaFile, error);
            }

            await superuser.ReloadAsync(cancellation);
        }
        catch
        {
            ServerFile.Write(directory.HbaFile, before, account);
            throw;
        }
    }

    private void WarnIfUnreachable(PgCidr range)
    {
        string listens = instance.Detail.TryGetValue("ListenAddresses", out object? value) ? (string)value : "*";
        bool onlyLoopback = listens.Split(',').All(a => IPAddress.TryParse(a, out IPAddress? address) && IPAddress.IsLoopback(address));
        if (onlyLoopback && !range.IsEverything && !IPAddress.IsLoopback(range.Address))
        {
            reporter.Warning(
                $"{range} is authorised, but the server of '{instance.Name}' listens on this machine's loopback only ({listens}); "
                + "New-PgInstance -ListenAddress makes one that is reached from elsewhere.");
        }
    }

    private void ThrowIfHalfMade()
    {
        if (instance.Status is PgInstanceStatus.Creating || !File.Exists(directory.HbaFile))
        {
            throw PgErrors.InstanceNotReady(instance);
        }
    }

    private PgAuthorisedIp ToIp(HbaEntry entry, PgChange change, string? normalisedFrom) => new()
    {
        Cidr = entry.Address,
        Description = entry.Description,
        NormalisedFrom = normalisedFrom,
        Instance = instance,
        Change = change,
    };
}
