// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>What libpq calls a <see cref="PgTlsMode"/>: its parameter sslmode.</summary>
internal static class TlsModeWord
{
    internal static string Of(PgTlsMode mode) => mode switch
    {
        PgTlsMode.VerifyFull => "verify-full",
        PgTlsMode.VerifyCA => "verify-ca",
        PgTlsMode.Require => "require",
        _ => "disable",
    };
}
