namespace Aisle.GoogleCloud.Start;

/// <summary>What a service does with Google's services; its identity in <c>deploy/identities.tf</c> is given the same.</summary>
[Flags]
public enum Needs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reads and writes documents in Firestore.</summary>
    Documents = 1,

    /// <summary>Publishes to the topic of the events.</summary>
    PublishesEvents = 2,

    /// <summary>Appends to BigQuery's tables.</summary>
    WritesWarehouse = 4,

    /// <summary>Runs queries in BigQuery.</summary>
    ReadsWarehouse = 8,

    /// <summary>Reads the bucket of the model bundles where it is mounted.</summary>
    Models = 16,

    /// <summary>Publishes to the topic of the slates, which is named.</summary>
    PublishesSlates = 32,

    /// <summary>Publishes to the topic of the alerts, which is named.</summary>
    PublishesAlerts = 64,

    /// <summary>Publishes to the topic of the shards, which is named.</summary>
    PublishesShards = 128,
}
