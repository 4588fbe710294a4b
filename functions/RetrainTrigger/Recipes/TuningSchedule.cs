namespace Aisle.RetrainTrigger.Recipes;

/// <summary>How often settings and weights are learnt anew.</summary>
public enum TuningSchedule
{
    /// <summary>Never: the recipe is followed as it is configured.</summary>
    Off,

    /// <summary>By the first retrain of every week; retrains between keep what was learnt.</summary>
    Weekly,

    /// <summary>By every night's retrain.</summary>
    Nightly,
}
