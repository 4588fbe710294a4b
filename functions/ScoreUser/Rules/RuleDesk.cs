using System.Text;
using Aisle.Catalogue;
using Aisle.Ports;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Serving;

namespace Aisle.ScoreUser.Rules;

/// <summary>Where merchandisers look at their rules, have them checked, and change them.</summary>
/// <param name="store">The document.</param>
/// <param name="catalogue">What rules are checked against.</param>
/// <param name="state">Takes a change over at once.</param>
/// <param name="clock">Now.</param>
public sealed class RuleDesk(IRuleStore store, ICatalogueStore catalogue, ServingState state, TimeProvider clock)
{
    /// <summary>What holds now.</summary>
    public async Task<RuleSheet> ReadAsync(CancellationToken cancellationToken)
    {
        Versioned<string>? stored = await store.ReadAsync(cancellationToken);
        return stored is null
            ? new RuleSheet(null, RuleSet.Empty, [], [])
            : await CheckAsync(stored.Value, cancellationToken) with { Tag = stored.Tag };
    }

    /// <summary>What the linter says about a document; nothing is changed.</summary>
    public async Task<RuleSheet> CheckAsync(string document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        RuleSet? rules = RuleFile.Read(Encoding.UTF8.GetBytes(document), out IReadOnlyList<string> problems);
        if (rules is null)
        {
            return new RuleSheet(null, null, problems, []);
        }

        List<Product> products = [];
        await foreach (Product product in catalogue.ReadAllAsync(cancellationToken))
        {
            products.Add(product);
        }

        return new RuleSheet(null, rules, [], new RuleLinter(products, new LintOptions()).Check(rules, clock.GetUtcNow()));
    }

    /// <summary>Replaces the document, if nothing refuses it, and takes it over in this instance; others follow within seconds.</summary>
    /// <param name="document">JSON.</param>
    /// <param name="expectedTag">The tag of what is replaced; null replaces what is there when this call reads it.</param>
    /// <param name="cancellationToken">Gives up before anything was written.</param>
    /// <returns>The sheet, with the tag of what this call wrote, so that a change after it is not overwritten unseen; and whether somebody else was faster, in which case nothing was written.</returns>
    public async Task<(RuleSheet Sheet, bool IsConflict)> WriteAsync(string document, string? expectedTag, CancellationToken cancellationToken)
    {
        RuleSheet sheet = await CheckAsync(document, cancellationToken);
        if (sheet.IsRefused)
        {
            return (sheet, false);
        }

        string? replaced = expectedTag ?? (await store.ReadAsync(cancellationToken))?.Tag;
        if (await store.TryWriteAsync(document, replaced, cancellationToken) is not { } written)
        {
            return (sheet, true);
        }

        await state.RefreshRulesAsync(cancellationToken);
        return (sheet with { Tag = written }, false);
    }
}
