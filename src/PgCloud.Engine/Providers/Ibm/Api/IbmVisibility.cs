// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>By which way the services are called.</summary>
internal enum IbmVisibility
{
    /// <summary>Over the internet.</summary>
    Public,

    /// <summary>From inside IBM Cloud only.</summary>
    Private,

    /// <summary>By private endpoints where a service has one; all that are used here do.</summary>
    PublicAndPrivate,
}
