// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException InstanceAmbiguous(string name, IReadOnlyCollection<PgInstance> matching) => new(
        "PgCloud.Instance.Ambiguous",
        PgErrorKind.InvalidArgument,
        name,
        $"{matching.Count} instances are named {Show(name)}: "
        + $"{string.Join(", ", matching.Select(i => $"{i.Id} ({i.Region}, PostgreSQL {i.Version}, {i.Status})"))}.",
        "Give the id, or rename one: Set-PgInstance <id> -NewName.");

    internal static PgCloudException InstanceDescriptionInvalid(string name, int longest) => new(
        "PgCloud.Instance.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The instance name {Show(name)} is not allowed.",
        string.Create(CultureInfo.InvariantCulture, $"Use 1 to {longest} characters on one line, without blanks at the ends."));

    internal static PgCloudException ChangeIncomplete(
        string instance, IEnumerable<string> done, IEnumerable<string> open, PgCloudException inner) => new(
        "PgCloud.Instance.ChangeIncomplete",
        inner.Kind,
        instance,
        $"Of the changes of '{instance}', done: {string.Join(", ", done)}; not done: {string.Join(", ", open)}. {inner.Message}",
        "Run the cmdlet again: what is done already is not done twice.",
        inner);

    internal static PgCloudException ChangeNotBegun(PgInstance instance, TimeSpan waited, PgCloudException refusal) => new(
        "PgCloud.Instance.WaitTimeout",
        PgErrorKind.Timeout,
        instance,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Nothing was done: after {waited.TotalSeconds:0} s the instance '{instance.Name}' is still {instance.Status}{Because(instance.StatusDetail)}. {refusal.Message}"),
        $"Wait for it, Wait-PgInstance '{instance.Name}', and run the cmdlet again.",
        refusal);
}
