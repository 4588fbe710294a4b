using Aisle.Experiments;
using Aisle.Host.Cli;
using Aisle.Local.Import.ShopExports;
using Aisle.Ports;

namespace Aisle.Host.Importing;

/// <summary>Keeps the experiment that an imported table is of: stopped, assigned elsewhere, its variants as the
/// table names them, in equal shares.</summary>
internal sealed class ExperimentImport(IExperimentStore experiments)
{
    private const int MostVariants = 20;

    /// <summary>Writes the experiment; one that was imported before is replaced.</summary>
    /// <param name="table">Which.</param>
    /// <param name="variants">All names in the table.</param>
    /// <param name="control">The control's name; null for the first in alphabetical order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UsageException">The table has one variant or too many, the control is none of them, or an
    /// experiment of this shop has the key.</exception>
    public async Task WriteAsync(ExperimentTable table, IReadOnlyCollection<string> variants, string? control, CancellationToken cancellationToken)
    {
        if (variants.Count is < 2 or > MostVariants)
        {
            throw new UsageException("--map", $"the column of the variant has {variants.Count} different values", $"Name a column with 2 "
                + $"to {MostVariants} variants.");
        }

        if (control is not null && !variants.Contains(control))
        {
            throw new UsageException("--control", $"'{control}' is no variant of the table", $"Use one of "
                + $"{string.Join(", ", variants.Order(StringComparer.Ordinal))}.");
        }

        Versioned<Experiment>? known = await CheckAsync(table, cancellationToken);
        if (!await experiments.TryWriteAsync(Of(table, variants, control), known?.Tag, cancellationToken))
        {
            throw new UsageException("--experiment", "somebody changed the experiment at the same time", "Import again.");
        }
    }

    /// <summary>The experiment of this key if it was imported before.</summary>
    /// <exception cref="UsageException">An experiment of the shop's own has the key.</exception>
    public async Task<Versioned<Experiment>?> CheckAsync(ExperimentTable table, CancellationToken cancellationToken)
    {
        Versioned<Experiment>? known = (await experiments.ReadAllAsync(cancellationToken)).FirstOrDefault(one => one.Value.Key == table.Key);
        return known is null || known.Value.IsAssignedElsewhere
            ? known
            : throw new UsageException("--experiment", $"'{table.Key}' is an experiment of this shop", "Choose another key.");
    }

    private static Experiment Of(ExperimentTable table, IReadOnlyCollection<string> variants, string? control)
    {
        string[] names = [.. variants.OrderBy(name => name != control).ThenBy(name => name, StringComparer.Ordinal)];
        int width = Assignment.Buckets / names.Length;
        return new Experiment
        {
            Key = table.Key,
            Salt = table.Key,
            Variants = [.. names.Select((name, index) => new Variant(
                name, index * width, index == names.Length - 1 ? Assignment.Buckets : (index + 1) * width, new Dictionary<string, string>()))],
            StartsAt = table.StartsAt,
            EndsAt = table.EndsAt,
            State = ExperimentState.Stopped,
            IsAssignedElsewhere = true,
            Description = "Imported from a table with one row a user.",
        };
    }
}
