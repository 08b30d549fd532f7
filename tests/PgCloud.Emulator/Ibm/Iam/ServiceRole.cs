// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Iam;

/// <summary>A role that a key can have. The getting-started page offers these two.</summary>
internal sealed record ServiceRole(string Name, string Description)
{
    private const string Prefix = "crn:v1:bluemix:public:iam::::serviceRole:";

    internal static ServiceRole Manager { get; } = new("Manager", "A user that is a member of ibm_admin and ibm_writer");

    internal static ServiceRole Writer { get; } = new("Writer", "A user that is a member of ibm_writer");

    internal static IReadOnlyList<ServiceRole> All { get; } = [Manager, Writer];

    internal string Crn => Prefix + Name;

    /// <summary>Finds it by name or CRN. What a key without a role gets is not in the sources: the lesser one here.</summary>
    internal static ServiceRole Find(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Writer;
        }

        if (text is "Administrator" or "Editor" or "Operator" or "Viewer" || text.StartsWith("crn:v1:bluemix:public:iam::::role:", StringComparison.Ordinal))
        {
            throw new IbmException(400, "bad_request", "The specified role cannot be one of the default platform roles");
        }

        // Made up; some pages speak of a Reader, others do not.
        return All.FirstOrDefault(r => r.Name == text || r.Crn == text)
            ?? throw new IbmException(400, "bad_request", $"The role '{text}' is not one of the service: Manager, Writer");
    }
}
