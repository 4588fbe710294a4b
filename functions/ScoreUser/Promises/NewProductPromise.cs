using System.Collections.Concurrent;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.ScoreUser.Answering;

namespace Aisle.ScoreUser.Promises;

/// <summary>What each new product was given of the slates promised to it, as far as this instance served them. It only weighs the draws of
/// exploration: filters hold, and each propensity says what the weights made of it.</summary>
/// <remarks>In memory: an instance that starts anew owes everything again, which errs on the side of the new product.
/// The ledger counts from the log.</remarks>
/// <param name="options">How much is promised.</param>
public sealed class NewProductPromise(ScoreUserOptions options)
{
    private const int Capacity = 100_000;

    private static readonly NewProductOptions Newest = new();

    private readonly ConcurrentDictionary<ProductId, int> _served = [];
    private int _known;

    /// <summary>In how many slates this instance served a new product.</summary>
    public int ServedOf(ProductId product) => _served.GetValueOrDefault(product);

    /// <summary>How heavily exploration draws a new product: 1 when its promise is kept, more the more it is owed.</summary>
    /// <param name="served">In how many slates it was served.</param>
    /// <param name="boost">What being owed everything adds, not negative.</param>
    public double WeightOf(int served, double boost) => options.PromisedExposure <= 0 ? 1 : 1 + (boost * Math.Max(0, 1 - (served / (double)options.PromisedExposure)));

    /// <summary>Counts the new products of a slate that was served.</summary>
    public void Count(IReadOnlyList<ShownProduct> shown, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (options.PromisedExposure <= 0)
        {
            return;
        }

        foreach (ShownProduct position in shown)
        {
            if (Newness.IsNew(position.Product, now, Newest))
            {
                Count(position.Product.Id);
            }
        }
    }

    private void Count(ProductId product)
    {
        if (_served.AddOrUpdate(product, 1, static (_, served) => served + 1) == 1 && Interlocked.Increment(ref _known) > Capacity)
        {
            _served.Clear(); // products of weeks ago; those of today are owed again
            Volatile.Write(ref _known, 0);
        }
    }
}
