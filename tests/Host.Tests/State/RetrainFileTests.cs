using Aisle.Candidates.Training;
using Aisle.Host.Cli;
using Aisle.Host.State;
using Aisle.RetrainTrigger.Recipes;
using Aisle.Testing;

namespace Aisle.Host.Tests.State;

public sealed class RetrainFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_a_file_the_defaults_hold()
    {
        RetrainFile file = RetrainFile.Load(_folder.Path);

        Assert.Equal((TuningSchedule.Weekly, 7, 36.0), (file.Tuning, file.HoldoutDays, file.MaxModelAgeHours));
        Assert.Equal(new ModelRecipe(), file.Recipe);
    }

    [Fact]
    public void What_a_file_leaves_out_keeps_its_default()
    {
        Write("""{"tuning":"off","kept_models":5,"drift":{"min_slates":50},"shadow":{"users":10},"recipe":{"factors":{"factors":32},"hybrid":{"alpha":0.7},"content":null}}""");

        RetrainFile file = RetrainFile.Load(_folder.Path);

        Assert.Equal((TuningSchedule.Off, 5, 7), (file.Tuning, file.KeptModels, file.HoldoutDays));
        Assert.Equal((50, 28), (file.Drift.MinSlates, file.Drift.BaselineDays));
        Assert.Equal((10, 10, 0.02), (file.Shadow.Users, file.Shadow.K, file.Shadow.MinOverlap));
        Assert.Equal((32, 0.7, 0.05), (file.Recipe.Factors.Factors, file.Recipe.Hybrid.Alpha, file.Recipe.Hybrid.Beta));
    }

    [Theory]
    [InlineData("{", "retrain.json")]
    [InlineData("[]", "retrain.json")]
    [InlineData("""{"max_dorp":0.1}""", "max_dorp")]
    [InlineData("""{"max_drop":1.5}""", "max_drop")]
    [InlineData("""{"tuning":"hourly"}""", "tuning")]
    [InlineData("""{"kept_models":1}""", "kept_models")]
    [InlineData("""{"drift":{"max_klick_drop":0.1}}""", "max_klick_drop")]
    [InlineData("""{"recipe":{"hybrid":{"alfa":0.6}}}""", "hybrid.alfa")]
    [InlineData("""{"recipe":{"hybrid":{"alpha":7}}}""", "Alpha")]
    [InlineData("""{"recipe":{"factors":{"factors":0}}}""", "Factors")]
    [InlineData("""{"recipe":{"hybrid":{"alpha":"much"}}}""", "recipe")]
    public void What_is_wrong_is_named(string json, string named)
    {
        Write(json);

        Assert.Contains(named, Assert.Throws<UsageException>(() => RetrainFile.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string json) => File.WriteAllText(Path.Combine(_folder.Path, "retrain.json"), json);
}
