using Spectre.Console;

namespace Aisle.Host.Output;

/// <summary>What the user sees: tables and bars on a terminal, plain lines where there is none.</summary>
internal sealed class Screen
{
    private const int PlainWidth = 240;

    private Screen(IAnsiConsole console, TextWriter output, TextWriter error)
    {
        Console = console;
        Out = output;
        Error = error;
    }

    /// <summary>The console for tables and progress.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Where answers go.</summary>
    public TextWriter Out { get; }

    /// <summary>Where complaints go.</summary>
    public TextWriter Error { get; }

    /// <summary>The process's own streams; without colours, bars and narrow columns when they are redirected.</summary>
    public static Screen OfProcess() => System.Console.IsOutputRedirected
        ? Plain(System.Console.Out, System.Console.Error)
        : new Screen(AnsiConsole.Console, System.Console.Out, System.Console.Error);

    /// <summary>Plain text into the given writers.</summary>
    public static Screen Plain(TextWriter output, TextWriter error)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = PlainWidth;
        return new Screen(console, output, error);
    }

    /// <summary>Runs work under progress bars.</summary>
    public Task ProgressAsync(Func<ProgressBars, CancellationToken, Task> work, CancellationToken cancellationToken) => Console.Profile.Capabilities.Interactive
        ? Console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new ProgressBars(context, this), cancellationToken))
        : work(new ProgressBars(null, this), cancellationToken);

    /// <summary>A line of text, as it is.</summary>
    public void Line(string text) => Out.WriteLine(text);

    /// <summary>A complaint, on one line.</summary>
    public void Fail(string text) => Error.WriteLine("aisle: " + text.ReplaceLineEndings(" "));
}
