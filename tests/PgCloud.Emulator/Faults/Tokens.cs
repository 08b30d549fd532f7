// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ovh.Auth;

namespace PgCloud.Emulator.Faults;

/// <summary>The access tokens of both clouds.</summary>
internal sealed class Tokens(Account ovh, IamAccount ibm)
{
    /// <summary>No token of one cloud is good any more.</summary>
    internal void Revoke(bool isIbm)
    {
        if (isIbm)
        {
            ibm.ExpireTokens();
        }
        else
        {
            ovh.RevokeTokens();
        }
    }
}
