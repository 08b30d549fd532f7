// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>When a client of a pool gives its server connection back (PgBouncer's pool_mode).</summary>
public enum PgPoolMode
{
    /// <summary>When the client disconnects. Everything works as without a pool.</summary>
    Session,

    /// <summary>After each statement; transactions of several statements are refused.</summary>
    Statement,

    /// <summary>After each transaction. What lasts longer in a session, such as SET, LISTEN and session locks, does not work.</summary>
    Transaction,
}
