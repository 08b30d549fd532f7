// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>A link to a service of another engine. Of those there are none here: nothing flows.</summary>
internal sealed class Integration : IShelved
{
    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => Phase.ThenGone != Phase.IsOver;

    public bool IsGone => Phase.IsGone;

    internal required Guid Source { get; init; }

    internal required Guid Destination { get; init; }

    internal required string Type { get; init; }

    internal required IReadOnlyDictionary<string, string> Parameters { get; init; }

    internal required Phase Phase { get; set; }

    internal object View() => new
    {
        destinationServiceId = Destination,
        id = Id,
        parameters = Parameters,
        sourceServiceId = Source,
        status = "READY",
        type = Type,
    };
}
