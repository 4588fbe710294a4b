using Aisle.Candidates;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Training;
using Aisle.Feedback;
using Aisle.GoogleCloud.Training;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>Item-to-item walks in SQL (<c>google/Sql/Training/walk_sums.sql</c>) beside those of a bundle, over the
/// same feedback, on both engines.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed class WalkStatementTests
{
    /// <summary>C# adds in single precision, SQL in double.</summary>
    private const double Tolerance = 1e-5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100)]
    [InlineData(6)]
    public async Task Walks_in_SQL_are_those_of_the_bundle(int neighbours)
    {
        ModelRecipe recipe = TwoTopicShop.Recipe with { Walks = new Rp3BetaOptions { Neighbours = neighbours, Alpha = 0.7, Beta = 0.4 } };
        InteractionMatrix feedback = TwoTopicShop.Training().Interactions;
        Dictionary<(string, string), double> expected = Walks(recipe);
        SmallTables tables = new(SmallTables.Table(
            "walked", [("user_id", "STRING"), ("product_id", "STRING"), ("interaction_score", "FLOAT64")], Rows(feedback)));
        string statement = Statement(recipe);

        Assert.True(expected.Count > 100);
        Compare(expected, tables.OnDuckDb(statement));
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");
        Compare(expected, await tables.OnEvaluatorAsync(statement, Token));
    }

    private static string Statement(ModelRecipe recipe)
    {
        TrainingOptions options = new() { Walks = recipe.Walks, WalkItems = recipe.Neighbours.MaxItemsPerUser };
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "google", "Sql", "Training", "walk_sums.sql"));
        return SqlTemplate.Fill(text, TrainingValues.Of("v1", TwoTopicShop.AsOf, options, new Dictionary<string, string>()));
    }

    private static Dictionary<(string, string), double> Walks(ModelRecipe recipe)
    {
        ModelBundle bundle = TwoTopicShop.Bundle(recipe: recipe);
        return Enumerable.Range(0, bundle.Items.Count)
            .SelectMany(from => bundle.Walks.ItemsOf(from).ToArray().Zip(bundle.Walks.WeightsOf(from).ToArray(), (to, weight) => (From: from, To: to, Weight: weight)))
            .ToDictionary(walk => (bundle.Items[walk.From].Value, bundle.Items[walk.To].Value), walk => (double)walk.Weight);
    }

    private static IEnumerable<object?[]> Rows(InteractionMatrix feedback)
    {
        TrainingSet training = TwoTopicShop.Training();
        return Enumerable.Range(0, feedback.UserCount).SelectMany(user => feedback.ItemsOf(user).ToArray().Zip(
            feedback.WeightsOf(user).ToArray(), (item, weight) => new object?[] { training.Users[user].Value, training.Items[item].Value, (double)weight }));
    }

    private static void Compare(Dictionary<(string, string), double> expected, IReadOnlyList<IRow> actual)
    {
        Dictionary<(string, string), double> rows = actual.ToDictionary(row => (row.Text(0)!, row.Text(1)!), row => row.Number(2)!.Value);
        Assert.Equal(expected.Keys.Order(), rows.Keys.Order());
        Assert.All(expected, walk => Assert.Equal(walk.Value, rows[walk.Key], Tolerance));
    }
}
