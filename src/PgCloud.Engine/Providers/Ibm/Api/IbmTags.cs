// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Tags of instances, in global tagging v3.</summary>
internal sealed class IbmTags(IbmClient client)
{
    private const IbmService Service = IbmService.GlobalTagging;
    private const string Root = "/v3/tags";

    /// <summary>The tags of a resource.</summary>
    internal async Task<IReadOnlyList<string>> ListAsync(string crn, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmTag> tags = await client.ListAsync<IbmTagPage, IbmTag>(
            Service, IbmPath.Of(Root, ("attached_to", crn), ("limit", "1000")), p => p.Next(), reporter, cancellation);
        return [.. tags.Select(t => t.Name)];
    }

    /// <summary>Gives a resource tags; those it has already stay.</summary>
    internal Task AttachAsync(string crn, IEnumerable<string> tags, IReporter reporter, CancellationToken cancellation) =>
        ActAsync("attach", crn, tags, reporter, cancellation);

    /// <summary>Takes tags away.</summary>
    internal Task DetachAsync(string crn, IEnumerable<string> tags, IReporter reporter, CancellationToken cancellation) =>
        ActAsync("detach", crn, tags, reporter, cancellation);

    // A resource for which it failed is told inside of a 200.
    private async Task ActAsync(string action, string crn, IEnumerable<string> tags, IReporter reporter, CancellationToken cancellation)
    {
        IbmTagResults results = await client.PostAsync<IbmTagResults>(
            Service,
            $"{Root}/{action}",
            new { resources = new[] { new { resource_id = crn } }, tag_names = tags.ToArray() },
            reporter,
            cancellation,
            isRepeatable: true);
        if (results.Results.FirstOrDefault(r => r.IsError) is { } refused)
        {
            throw PgErrors.TagsRefused(refused.ResourceId ?? crn, refused.Code, refused.Message);
        }
    }
}
