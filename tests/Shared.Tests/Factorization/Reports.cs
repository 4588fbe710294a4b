namespace Aisle.Tests.Factorization;

/// <summary>Hands each report on at once, on the thread that makes it.</summary>
internal sealed class Reports(Action<double> heard) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => heard(value);
}
