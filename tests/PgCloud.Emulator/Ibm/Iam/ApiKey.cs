// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Iam;

/// <summary>An API key and what its owner may do.</summary>
internal sealed record ApiKey(string Secret, string IamId, bool MayWrite);
