using Aisle.Events;
using Aisle.Experiments;

namespace Aisle.Tests.Experiments;

public sealed class SaltedSplitTests
{
    [Theory, InlineData("aa-1"), InlineData("größer"), InlineData("")]
    public void A_visitor_is_divided_by_the_bucket_of_the_salt(string salt)
    {
        AssignmentId[] visitors = [.. Enumerable.Range(0, 500).Select(i => new AssignmentId(new string('x', i % 70) + "é" + i))];
        bool[] isTreatment = new bool[visitors.Length];

        new SaltedSplit(visitors).Split(salt, isTreatment);

        Assert.Equal(visitors.Select(visitor => Assignment.BucketOf(salt, visitor) < Assignment.Buckets / 2), isTreatment);
    }

    [Fact]
    public void Too_little_room_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SaltedSplit([new AssignmentId("a")]).Split("s", []));
}
