namespace Aisle.AbReport.Metrics;

/// <summary>What a metric is there for.</summary>
public enum MetricRole
{
    /// <summary>What the experiment is to improve; decided on together with the other goals, the first being the primary one.</summary>
    Goal,

    /// <summary>What it must not harm by more than a margin.</summary>
    Guardrail,

    /// <summary>What helps to understand; never decides.</summary>
    Supporting,
}
