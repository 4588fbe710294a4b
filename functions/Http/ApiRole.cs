namespace Aisle.Http;

/// <summary>Who may call a path. Each role has its own API keys.</summary>
public enum ApiRole
{
    /// <summary>Anybody: health checks.</summary>
    None,

    /// <summary>Sends events and identities.</summary>
    Collector,

    /// <summary>Asks for slates.</summary>
    Storefront,

    /// <summary>Reads and keeps experiments.</summary>
    Analyst,

    /// <summary>Runs the shop; may do everything that the other roles may.</summary>
    Operator,
}
