namespace Aisle.Factorization;

/// <summary>Which of the two usual ways of writing the loss of implicit matrix factorization is meant.</summary>
public enum IalsParametrization
{
    /// <summary>Σ_observed r·(1 − ŷ)² + α0·Σ_all ŷ² + λ·Σ_u (r_u + α0·N)^ν·‖x_u‖² and the same for items, where r_u
    /// is the sum of the row's weights.</summary>
    /// <remarks>Rendle, Krichene, Zhang and Koren (2021), "Revisiting the performance of iALS on item recommendation
    /// benchmarks". With weights of 1, r_u is the number of the row's interactions. All weights and α0 may be multiplied by one
    /// number without changing the solution.</remarks>
    FrequencyScaled,

    /// <summary>Σ_all c·(p − ŷ)² + λ·(Σ_u ‖x_u‖² + Σ_i ‖y_i‖²), with c = 1 + α·r and p = 1 where observed, else c = 1 and p = 0.</summary>
    /// <remarks>Hu, Koren and Volinsky (2008), "Collaborative filtering for implicit feedback datasets"; also BigQuery ML's.</remarks>
    ConfidenceScaled,
}
