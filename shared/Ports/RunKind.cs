namespace Aisle.Ports;

/// <summary>What a run does.</summary>
public enum RunKind
{
    /// <summary>Trains a model anew.</summary>
    Retrain,

    /// <summary>Embeds the catalogue anew and keeps the serving model's item factors, so that new and changed products
    /// are known before the next retrain.</summary>
    Content,
}
