// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>The account's network zones and rules.</summary>
internal sealed class RestrictionStore
{
    internal RestrictionShelf Zones { get; } = new("zone");

    internal RestrictionShelf Rules { get; } = new("rule");
}
