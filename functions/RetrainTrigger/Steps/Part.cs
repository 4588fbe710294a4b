namespace Aisle.RetrainTrigger.Steps;

/// <summary>The progress of a part of a step, as progress of the step.</summary>
internal sealed class Part(IProgress<double> whole, double from, double to) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => whole.Report(from + ((to - from) * value));
}
