// SPDX-License-Identifier: MIT

using PgCloud.Benchmarks;

// ./build.sh bench [NAME …] — without names all of them.
(string Name, Func<Task> Run)[] all =
[
    ("import", ImportBenchmark.RunAsync),
    ("first-query", FirstQueryBenchmark.RunAsync),
    ("new-instance", NewInstanceBenchmark.RunAsync),
    ("copy", CopyBenchmark.RunAsync),
    ("memberships", MembershipBenchmark.RunAsync),
    ("memberships-wan", MembershipBenchmark.RunOverLinkAsync),
    ("privileges", PrivilegeBenchmark.RunAsync),
    ("query", QueryBenchmark.RunAsync),
    ("ovh-list", OvhListBenchmark.RunAsync),
    ("ovh-ready", OvhReadyBenchmark.RunAsync),
    ("ibm-list", IbmListBenchmark.RunAsync),
    ("ibm-ready", IbmListBenchmark.RunReadyAsync),
    ("fleet", FleetBenchmark.RunAsync),
    ("fleet-grant", FleetGrantBenchmark.RunAsync),
];

// What another benchmark starts, to be measured in a process of its own.
if (args is [QueryBenchmark.BareReader, ..])
{
    await QueryBenchmark.ReadInOwnProcessAsync();
    return 0;
}

string[] unknown = [.. args.Except(all.Select(b => b.Name))];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}; there are: {string.Join(", ", all.Select(b => b.Name))}.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}. Medians; pairs are run in turn, so that a slow moment hits both.");
foreach ((string name, Func<Task> run) in all.Where(b => args.Length == 0 || args.Contains(b.Name)))
{
    Console.WriteLine();
    Console.WriteLine($"## {name}");
    await run();
}

return 0;
