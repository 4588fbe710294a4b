using System.CommandLine;
using Aisle.Host.Importing;

namespace Aisle.Host.Cli.Intake;

/// <summary>The options of <c>import</c>.</summary>
internal sealed class ImportCommandOptions
{
    private readonly Option<string?> _map = new("--map")
    {
        Description = "Our field=column of the file, such as "
            + "user=customer,product=sku,time=when,type='purchase'; or a JSON file of the same."
    };
    private readonly Option<string?> _currency = new("--currency") { Description = "The currency of amounts that come without one, such as EUR." };
    private readonly Option<bool> _anyCurrency = new("--any-currency") { Description = "Let a second currency in; else its rows are left out." };
    private readonly Option<string?> _encoding = new("--encoding") { Description = "The text's encoding, such as latin1; default utf-8." };
    private readonly Option<string?> _quarantine = new("--quarantine")
    {
        Description = "Where lines that are left out go; default a file "
            + "in the state folder."
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read and judge everything, write nothing to the shop." };
    private readonly Option<string?> _catalogue = new("--catalogue")
    {
        Description = "whole: products that the file lacks leave the shop "
            + "(default of merchant-center); part: they stay."
    };
    private readonly Option<double> _maxDrop = new("--max-drop") { Description = "The largest share of the catalogue that may leave.", DefaultValueFactory = _ => 0.2 };
    private readonly Option<bool> _force = new("--force") { Description = "Let the catalogue shrink by more." };

    private readonly Option<string?> _experiment = new("--experiment") { Description = "With experiment: the key that the experiment has here." };
    private readonly Option<string?> _control = new("--control")
    {
        Description = "With experiment: the control's name; default the first "
            + "in alphabetical order."
    };
    private readonly Option<string?> _from = new("--from") { Description = "With experiment: when it began; default an invented time." };

    /// <summary>Gives the command the options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _map, _currency, _anyCurrency, _encoding, _quarantine, _dryRun, _catalogue, _maxDrop, _force, _experiment, _control, _from })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    public ImportArguments Read(ParseResult parsed) => new()
    {
        Map = parsed.GetValue(_map) is { } map && map.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Path.GetFullPath(map) : parsed.GetValue(_map),
        Currency = parsed.GetValue(_currency),
        AnyCurrency = parsed.GetValue(_anyCurrency),
        Encoding = parsed.GetValue(_encoding),
        Quarantine = parsed.GetValue(_quarantine) is { } path ? Path.GetFullPath(path) : null,
        DryRun = parsed.GetValue(_dryRun),
        Catalogue = parsed.GetValue(_catalogue),
        MaxDrop = parsed.GetValue(_maxDrop),
        Force = parsed.GetValue(_force),
        Experiment = parsed.GetValue(_experiment),
        Control = parsed.GetValue(_control),
        From = parsed.GetValue(_from),
    };
}
