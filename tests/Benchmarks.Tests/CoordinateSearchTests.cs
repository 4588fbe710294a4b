using Aisle.Benchmarks.Ranking;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Benchmarks.Tests;

public sealed class CoordinateSearchTests
{
    private static readonly Axis[] Axes = [new Axis("x", [1, 2, 3, 4, 5], 3), new Axis("y", [1, 2, 3, 4, 5], 3)];

    [Fact]
    public void The_best_of_a_hill_is_found_from_its_slope() =>
        Assert.Equal([5, 1], Search(TimeSpan.FromMinutes(1)).Best(Axes, values => values[0] - values[1]));

    [Fact]
    public void Nothing_moves_where_nothing_is_better() => Assert.Equal([3, 3], Search(TimeSpan.FromMinutes(1)).Best(Axes, _ => double.NaN));

    [Fact]
    public void Without_time_only_the_default_is_tried()
    {
        int tried = 0;

        Assert.Equal([3, 3], Search(TimeSpan.Zero).Best(Axes, values => values[0] + tried++));
        Assert.Equal(1, tried);
    }

    private static CoordinateSearch Search(TimeSpan budget) => new(budget, new FakeTimeProvider());
}
