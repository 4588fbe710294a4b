using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.Tests.Feedback;

public sealed class VocabularyTests
{
    [Fact]
    public void An_id_and_its_index_lead_to_each_other()
    {
        Vocabulary<ProductId> vocabulary = Vocabulary<ProductId>.FromDistinct([new("b"), new("a 🛒"), new("B"), new("b")]);

        Assert.Equal(3, vocabulary.Count);
        for (int index = 0; index < vocabulary.Count; index++)
        {
            Assert.True(vocabulary.TryGetIndex(vocabulary[index], out int found));
            Assert.Equal(index, found);
        }

        Assert.Equal(["B", "a 🛒", "b"], vocabulary.Ids.Select(id => id.Value));
    }

    [Fact]
    public void An_unknown_id_has_no_index() => Assert.False(Vocabulary<int>.FromSorted([1, 3]).TryGetIndex(2, out _));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public void Ids_that_do_not_ascend_are_refused(int first, int second) =>
        Assert.Throws<ArgumentException>(() => Vocabulary<int>.FromSorted([first, second]));
}
