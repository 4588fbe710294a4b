using System.CommandLine;
using Aisle.Host.FirstStart;
using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Local.DemoShop;

namespace Aisle.Host.Cli.Serving;

/// <summary>The sizes of the demo shop that the first start makes.</summary>
internal sealed class DemoOptions
{
    private readonly Option<int> _products = new("--products") { Description = "Demo shop: how many products.", DefaultValueFactory = _ => 2_000 };
    private readonly Option<int> _shoppers = new("--shoppers") { Description = "Demo shop: how many shoppers.", DefaultValueFactory = _ => 5_000 };
    private readonly Option<long> _events = new("--events") { Description = "Demo shop: about how many events.", DefaultValueFactory = _ => 200_000 };
    private readonly Option<int> _days = new("--days") { Description = "Demo shop: over how many days.", DefaultValueFactory = _ => 90 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Demo shop: what its chance follows from.", DefaultValueFactory = _ => 1 };

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _products, _shoppers, _events, _days, _seed })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Makes the demo shop of the asked size in an open, empty shop.</summary>
    /// <exception cref="UsageException">A size cannot be made.</exception>
    public Task MakeAsync(ParseResult parsed, LocalShop shop, Screen screen, CancellationToken cancellationToken)
    {
        DemoShopOptions options = new()
        {
            Products = parsed.GetValue(_products),
            Shoppers = parsed.GetValue(_shoppers),
            Events = parsed.GetValue(_events),
            Days = parsed.GetValue(_days),
            Seed = parsed.GetValue(_seed),
            EndsAt = shop.Workspace.Info.DemoEndsAt ?? shop.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        if (options.Problems() is { Count: > 0 } problems)
        {
            string[] words = problems[0].Split(' ', 2);
            throw new UsageException(words[0], words[1].TrimEnd('.'), "Run aisle --help for the sizes.");
        }

        return DemoShopMaker.MakeAsync(shop, screen, options, cancellationToken);
    }
}
