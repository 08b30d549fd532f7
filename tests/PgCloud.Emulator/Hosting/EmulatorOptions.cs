// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Emulator.Hosting;

/// <summary>What the command line says.</summary>
internal sealed record EmulatorOptions
{
    internal const string Usage =
        "Usage: PgCloud.Emulator [--urls http://ADDRESS:PORT] [--speed FACTOR] [--quota INSTANCES] [--latency MILLISECONDS] [--postgres DIRECTORY] [--until-signal]";

    /// <summary>Where HTTP is served. HTTPS is served on the same address and a port of its own.</summary>
    internal Uri Url { get; init; } = new("http://127.0.0.1:0");

    /// <summary>How many times faster than OVHcloud the statuses change: 100 makes a service in 6 seconds.</summary>
    internal double Speed { get; init; } = 100;

    /// <summary>How many services a project may have; OVHcloud's default.</summary>
    internal int Quota { get; init; } = 20;

    /// <summary>The directory of the server programs; <see langword="null"/> for those that are found first.</summary>
    internal string? BinaryPath { get; init; }

    /// <summary>What every call takes at least.</summary>
    internal TimeSpan Latency { get; init; }

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
                "--latency" => options with { Latency = TimeSpan.FromMilliseconds(ParsePositive(Value(arguments, ++i))) },
                "--postgres" => options with { BinaryPath = Value(arguments, ++i) },
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

    private static double ParsePositive(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0
            ? number
            : throw new ArgumentException($"'{text}' is not a number above 0. {Usage}");
}
