using Spectre.Console;

namespace Aisle.Host.Output;

/// <summary>Bars on a terminal; a line at each quarter where there is none.</summary>
internal sealed class ProgressBars(ProgressContext? context, Screen screen)
{
    /// <summary>A bar for one piece of work.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="total">About how much there is to do.</param>
    /// <returns>Told how much was done since it was told last.</returns>
    public Action<int> Add(string name, long total) => context is null ? Lines(name, total) : Bar(context.AddTask(name, maxValue: Math.Max(1, total)));

    /// <summary>A bar that says more than its name as it moves.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <returns>Told how much was done since it was told last, and in words how it goes.</returns>
    public Action<int, string> AddDescribed(string name, long total)
    {
        if (context is null)
        {
            return DescribedLines(name, total);
        }

        ProgressTask task = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, total));
        return (done, words) =>
        {
            task.Description = Markup.Escape($"{name}: {words}");
            task.Increment(done);
        };
    }

    private Action<int, string> DescribedLines(string name, long total)
    {
        long sum = 0;
        int quarter = 0;
        return (done, words) =>
        {
            sum += done;
            int reached = (int)Math.Min(4, 4 * sum / Math.Max(1, total));
            if (reached > quarter)
            {
                quarter = reached;
                screen.Line($"  {name}: {quarter * 25} %, {words}");
            }
        };
    }

    private static Action<int> Bar(ProgressTask task) => done => task.Increment(done);

    private Action<int> Lines(string name, long total)
    {
        long sum = 0;
        int quarter = 0;
        return done =>
        {
            sum += done;
            int reached = (int)Math.Min(4, 4 * sum / Math.Max(1, total));
            if (reached > quarter)
            {
                quarter = reached;
                screen.Line($"  {name}: {quarter * 25} %");
            }
        };
    }
}
