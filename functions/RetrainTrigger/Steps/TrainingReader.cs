using Aisle.Candidates;
using Aisle.Candidates.Sessions;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>Reads from the stores what a model is trained on.</summary>
public sealed class TrainingReader(IEventWarehouse warehouse, ICatalogueStore catalogue, IProfileStore profiles)
{
    private const int ProfilesAtOnce = 1_000;

    /// <summary>The catalogue, by id.</summary>
    public async Task<IReadOnlyList<Product>> ProductsAsync(CancellationToken cancellationToken)
    {
        List<Product> products = [];
        await foreach (Product product in catalogue.ReadAllAsync(cancellationToken))
        {
            products.Add(product);
        }

        return products;
    }

    /// <summary>The training set as of a moment: the recipe's window before it.</summary>
    public async Task<TrainingSet> ReadAsync(ModelRecipe recipe, IReadOnlyList<Product> products, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        TrainingSetBuilder builder = new(products, recipe, asOf);
        await foreach (UserItemScore row in ScoresAsync(recipe.Feedback, asOf - recipe.Feedback.Window, asOf, cancellationToken))
        {
            builder.Add(row.User, row.Product, row.Score, row.LastInteractionAt);
        }

        return builder.Build();
    }

    /// <summary>Who touched what in a span of time.</summary>
    public IAsyncEnumerable<UserItemScore> ScoresAsync(FeedbackScale scale, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        Dictionary<string, object> parameters = new()
        {
            ["from"] = from,
            ["cutoff"] = to,
            ["decay"] = scale.DecayPerDay,
            ["damped"] = scale.Damped,
            ["cap"] = scale.Cap,
        };
        return warehouse.QueryAsync(PortableQueries.UserItemScores, parameters, cancellationToken);
    }

    /// <summary>What was bought in the window before a moment.</summary>
    public async Task<IReadOnlyList<PurchasedLine>> PurchasesAsync(FeedbackScale scale, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        Dictionary<string, object> parameters = new() { ["from"] = asOf - scale.Window, ["to"] = asOf };
        List<PurchasedLine> lines = [];
        await foreach (PurchasedLine line in warehouse.QueryAsync(PortableQueries.OrderLines, parameters, cancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The latest visits before a moment, and after how long what was bought is bought again.</summary>
    /// <param name="training">The model's products.</param>
    /// <param name="lines">What was bought.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ShopHabits> HabitsAsync(TrainingSet training, IReadOnlyList<PurchasedLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(training);
        RecentSessionsOptions options = new();
        RecentSessionsBuilder sessions = new(training.Items, options);
        Dictionary<string, object> parameters = new() { ["from"] = training.AsOf - options.Window, ["to"] = training.AsOf };
        await foreach (SessionTouch touch in warehouse.QueryAsync(PortableQueries.SessionTouches, parameters, cancellationToken))
        {
            if (!sessions.Add(touch.Session, touch.Product, touch.OccurredAt))
            {
                break;
            }
        }

        ReorderIntervals reorders = ReorderIntervals.Learn(
            lines.Where(line => line.User is not null).Select(line => (line.User!.Value, line.Product, line.OccurredAt)),
            product => training.Items.TryGetIndex(product, out int item) ? training.Products[item] : null);
        return new ShopHabits(sessions.Build(), reorders);
    }

    /// <summary>Lines that name their order, as what goes together is found from them.</summary>
    public static IEnumerable<OrderLine> InOrders(IEnumerable<PurchasedLine> lines) =>
        lines.Where(line => line.Order is not null).Select(line => new OrderLine(line.Order!.Value, line.User, line.Product));

    /// <summary>What kind of shopper each one is; those of whom nothing is known are absent.</summary>
    public async Task<IReadOnlyDictionary<UserId, Cohort>> CohortsAsync(IReadOnlyList<UserId> users, CancellationToken cancellationToken)
    {
        Dictionary<UserId, Cohort> cohorts = [];
        foreach (UserId[] some in users.Chunk(ProfilesAtOnce))
        {
            foreach ((UserId user, Versioned<ShopperProfile> document) in await profiles.ReadManyAsync(some, cancellationToken))
            {
                ShopperProfile profile = document.Value;
                cohorts[user] = new Cohort(profile.AgeBracket, profile.Location, profile.DeviceType);
            }
        }

        return cohorts;
    }
}
