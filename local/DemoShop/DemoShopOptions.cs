namespace Aisle.Local.DemoShop;

/// <summary>How large a demo shop is and how it is seeded. The same options give the same shop, event for event.</summary>
public sealed record DemoShopOptions
{
    /// <summary>How many products the catalogue has. Default 2,000; 100 to 10,000,000.</summary>
    public int Products { get; init; } = 2_000;

    /// <summary>How many shoppers the shop knows; some of them never come in the window. Default 5,000; 50 to 50,000,000.</summary>
    public int Shoppers { get; init; } = 5_000;

    /// <summary>About how many events happen, within a few in a hundred. Default 200,000; at least 15 for each shopper.</summary>
    public long Events { get; init; } = 200_000;

    /// <summary>Over how many calendar days, the last of them begun. Default 90; 28 to 730.</summary>
    public int Days { get; init; } = 90;

    /// <summary>What everything follows from. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>By what the planted experiment multiplies the chance of a click on a slate in its treatment arm.
    /// Default 1.4; 0.5 to 2.</summary>
    public double ClickLift { get; init; } = 1.4;

    /// <summary>The currency of all prices. Default EUR.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>The first instant that no longer belongs to the shop's past, UTC: no event is at or after it.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>What is wrong with the options, a sentence each that names the option and the remedy; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        Check(problems, Products is >= 100 and <= 10_000_000, "--products must be between 100 and 10,000,000");
        Check(problems, Shoppers is >= 50 and <= 50_000_000, "--shoppers must be between 50 and 50,000,000");
        Check(problems, Events >= 15L * Shoppers, $"--events must be at least 15 for each shopper: raise it to {15L * Shoppers} or lower --shoppers");
        Check(problems, Days is >= 28 and <= 730, "--days must be between 28 and 730");
        Check(problems, ClickLift is >= 0.5 and <= 2, "the click lift must be between 0.5 and 2");
        return problems;
    }

    private static void Check(List<string> problems, bool holds, string problem)
    {
        if (!holds)
        {
            problems.Add(problem + ".");
        }
    }
}
