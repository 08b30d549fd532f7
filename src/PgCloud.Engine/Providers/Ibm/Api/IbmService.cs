// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>The APIs of IBM Cloud that a PostgreSQL of Gen 2 is run with; each is a host of its own.</summary>
internal enum IbmService
{
    /// <summary>Identity and access management: access tokens.</summary>
    Iam,

    /// <summary>Resource controller: instances, keys, reclamations.</summary>
    ResourceController,

    /// <summary>Resource manager: resource groups.</summary>
    ResourceManager,

    /// <summary>Global catalog: services, plans, and where they are offered.</summary>
    GlobalCatalog,

    /// <summary>Global tagging: tags.</summary>
    GlobalTagging,

    /// <summary>Context-based restrictions: who may connect from where.</summary>
    ContextBasedRestrictions,
}
