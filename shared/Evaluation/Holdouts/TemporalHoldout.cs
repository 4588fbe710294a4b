using Aisle.Feedback;

namespace Aisle.Evaluation.Holdouts;

/// <summary>Cuts interactions by time, so that a model is judged by what came after all it has seen of the user, or of everybody.</summary>
/// <remarks>Interactions of one moment are ordered by item index, so that every cut is the same on every machine.</remarks>
public static class TemporalHoldout
{
    /// <summary>One cut for everybody: the strictest, and the one that shop decisions use.</summary>
    /// <param name="interactions">In any order.</param>
    /// <param name="userCount">How many users there are.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="cut">Interactions before this moment train, those at or after it are held out.</param>
    public static Holdout AtTime(IReadOnlyCollection<TimedInteraction> interactions, int userCount, int itemCount, DateTimeOffset cut)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        InteractionMatrixBuilder train = new(userCount, itemCount);
        InteractionMatrixBuilder held = new(userCount, itemCount);
        foreach (TimedInteraction interaction in interactions)
        {
            (interaction.At < cut ? train : held).Add(interaction.User, interaction.Item, interaction.Weight);
        }

        return new Holdout(train.Build(), held.Build());
    }

    /// <summary>The moment before which a given share of all interactions lies.</summary>
    /// <param name="interactions">At least one, in any order.</param>
    /// <param name="trainShare">In (0, 1).</param>
    /// <exception cref="ArgumentException">There is no interaction.</exception>
    public static DateTimeOffset CutAt(IReadOnlyCollection<TimedInteraction> interactions, double trainShare)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        CheckShare(trainShare);
        if (interactions.Count == 0)
        {
            throw new ArgumentException("Without interactions there is no moment to cut at.", nameof(interactions));
        }

        DateTimeOffset[] moments = [.. interactions.Select(interaction => interaction.At).Order()];
        return moments[Math.Min(moments.Length - 1, (int)(trainShare * moments.Length))];
    }

    /// <summary>Each user's last new items: from the first time the user touched the earliest of them, nothing of
    /// the user trains.</summary>
    /// <param name="interactions">In any order.</param>
    /// <param name="userCount">How many users there are.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="last">How many items are held out of each user who has more different ones; the others train only. Positive.</param>
    public static Holdout LeaveLast(IReadOnlyCollection<TimedInteraction> interactions, int userCount, int itemCount, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        return PerUser(interactions, userCount, itemCount, distinct => distinct > last ? last : 0);
    }

    /// <summary>Each user's last share of different items, rounded down, at least one of a user who has two or more.</summary>
    /// <param name="interactions">In any order.</param>
    /// <param name="userCount">How many users there are.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="share">In (0, 1).</param>
    public static Holdout LeaveLastShare(IReadOnlyCollection<TimedInteraction> interactions, int userCount, int itemCount, double share)
    {
        CheckShare(share);
        return PerUser(interactions, userCount, itemCount, distinct => distinct < 2 ? 0 : Math.Max(1, (int)(share * distinct)));
    }

    private static Holdout PerUser(IReadOnlyCollection<TimedInteraction> interactions, int userCount, int itemCount, Func<int, int> heldOf)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        InteractionMatrixBuilder train = new(userCount, itemCount);
        InteractionMatrixBuilder held = new(userCount, itemCount);
        foreach (IGrouping<int, TimedInteraction> user in interactions.GroupBy(interaction => interaction.User))
        {
            TimedInteraction[] ordered = [.. user.OrderBy(interaction => interaction.At).ThenBy(interaction => interaction.Item)];
            int cut = CutOf(ordered, heldOf);
            for (int index = 0; index < ordered.Length; index++)
            {
                (index < cut ? train : held).Add(ordered[index].User, ordered[index].Item, ordered[index].Weight);
            }
        }

        return new Holdout(train.Build(), held.Build());
    }

    /// <summary>Where the first of the user's last new items appears for the first time.</summary>
    private static int CutOf(TimedInteraction[] ordered, Func<int, int> heldOf)
    {
        HashSet<int> seen = [];
        List<int> firsts = [];
        for (int index = 0; index < ordered.Length; index++)
        {
            if (seen.Add(ordered[index].Item))
            {
                firsts.Add(index);
            }
        }

        int held = heldOf(firsts.Count);
        return held == 0 ? ordered.Length : firsts[^held];
    }

    private static void CheckShare(double share)
    {
        if (!(share > 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share must be between 0 and 1.");
        }
    }
}
