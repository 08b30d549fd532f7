// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ovh.Auth;

namespace PgCloud.Emulator.Faults;

/// <summary>The access tokens of both clouds.</summary>
internal sealed class Tokens(Account ovh, IamAccount ibm)
{
    /// <summary>No token is good any more.</summary>
    internal void Revoke()
    {
        ovh.RevokeTokens();
        ibm.ExpireTokens();
    }
}
