// SPDX-License-Identifier: MIT

using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A consumer key of OVHcloud, by which a customer lets an application act; it goes into Connect-PgCloud by pipeline.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgCloudConsumerKey
{
    /// <summary>Whose it is.</summary>
    public PgProviderName Provider { get; init; } = PgProviderName.Ovh;

    /// <summary>The API, as it was given.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The application: its key, and its secret as the password.</summary>
    public required PSCredential ApplicationCredential { get; init; }

    /// <summary>The application's key, which is no secret.</summary>
    public string ApplicationKey => ApplicationCredential.UserName;

    /// <summary>The key itself. It is told once, here.</summary>
    public required SecureString ConsumerKey { get; init; }

    /// <summary>The id of the project it is good for; <see langword="null"/> for all of the account.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Where the account's owner logs in and says yes or no.</summary>
    public required string ValidationUrl { get; init; }

    /// <summary>The API's word: pendingValidation, validated, refused or expired.</summary>
    public required string State { get; init; }

    /// <summary>What it allows, as method and path.</summary>
    public IReadOnlyList<string> Rule { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>When it ends; <see langword="null"/> before it is validated, and where its owner chose no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The application and the state; never the key.</summary>
    public override string ToString() => $"{ApplicationKey} ({State})";
}
