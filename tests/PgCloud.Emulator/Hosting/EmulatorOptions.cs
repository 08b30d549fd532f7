// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Emulator;

/// <summary>How the emulator is to be: what the command line says, or a test.</summary>
public sealed record EmulatorOptions
{
    internal const string Usage =
        """
        Usage: PgCloud.Emulator [--urls http://ADDRESS:PORT] [--speed FACTOR] [--quota INSTANCES] [--latency MILLISECONDS]
                                [--ip-change SECONDS] [--postgres BINARIES] [--no-servers] [--no-paging] [--no-schema-check] [--until-signal]
        """;

    /// <summary>Where the servers of the services listen.</summary>
    internal const string ServerAddress = "127.0.0.1";

    /// <summary>Where HTTP is served. HTTPS is served on the same address and a port of its own.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:0");

    /// <summary>How many times faster than in the clouds statuses change: 100 makes a service or an instance in 7 seconds.</summary>
    public double Speed { get; init; } = 100;

    /// <summary>How many services a project of OVHcloud may have; its default.</summary>
    public int Quota { get; init; } = 20;

    /// <summary>What every call takes at least.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long, at OVHcloud's speed, a service is UPDATING after a change of its authorised IPs; at zero it stays READY.</summary>
    public TimeSpan IpChange { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The directory of PostgreSQL's programs; <see langword="null"/> to look for them as the module does.</summary>
    public string? Postgres { get; init; }

    /// <summary>Whether what is made gets a server; without one it is listed, and is ready when its time has come.</summary>
    public bool Servers { get; init; } = true;

    /// <summary>Whether the paging header, which is undocumented, makes a list of objects of a list of ids.</summary>
    public bool Paging { get; init; } = true;

    /// <summary>Whether an answer that is not as the schema says becomes a 500 that names the flaw.</summary>
    public bool CheckAnswers { get; init; } = true;

    /// <summary>Whether the end of standard input is no reason to end.</summary>
    internal bool UntilSignal { get; init; }

    internal static EmulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new EmulatorOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--urls" => options with { Url = ParseUrl(Value(arguments, ++i)) },
                "--speed" => options with { Speed = ParsePositive(Value(arguments, ++i)) },
                "--quota" => options with { Quota = (int)ParsePositive(Value(arguments, ++i)) },
                "--latency" => options with { Latency = TimeSpan.FromMilliseconds(ParseNumber(Value(arguments, ++i))) },
                "--ip-change" => options with { IpChange = TimeSpan.FromSeconds(ParseNumber(Value(arguments, ++i))) },
                "--postgres" => options with { Postgres = Value(arguments, ++i) },
                "--no-servers" => options with { Servers = false },
                "--no-paging" => options with { Paging = false },
                "--no-schema-check" => options with { CheckAnswers = false },
                "--until-signal" => options with { UntilSignal = true },
                _ => throw new ArgumentException($"'{arguments[i]}' is not an option. {Usage}"),
            };
        }

        return options;
    }

    private static string Value(IReadOnlyList<string> arguments, int index) => index < arguments.Count
        ? arguments[index]
        : throw new ArgumentException($"{arguments[index - 1]} lacks its value. {Usage}");

    private static Uri ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttp && System.Net.IPAddress.TryParse(url.Host, out _)
            ? url
            : throw new ArgumentException($"'{text}' is not a URL such as http://127.0.0.1:0. {Usage}");

    private static double ParsePositive(string text) => ParseNumber(text) is > 0 and var number
        ? number
        : throw new ArgumentException($"'{text}' is not above 0. {Usage}");

    private static double ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0
            ? number
            : throw new ArgumentException($"'{text}' is not a number from 0 on. {Usage}");
}
