using Aisle.Content;

namespace Aisle.Tests.Content;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Blue Garden-Mug, 0.5l!", "blue|garden|mug|0|5l")]
    [InlineData("Men's", "mens")]
    [InlineData("Große ЧАШКА", "große|чашка")]
    [InlineData("青い花瓶 XL", "青|い|花|瓶|xl")]
    [InlineData("cafe\u0301", "cafe\u0301")]
    [InlineData("😀 🎁", "")]
    [InlineData(null, "")]
    public void Text_of_any_script_is_cut_into_lower_case_words(string? text, string expected) =>
        Assert.Equal(expected, string.Join('|', Words.Of(text, limit: 100)));

    [Fact]
    public void No_more_words_are_read_than_asked_for() => Assert.Equal(["a", "b"], Words.Of("a b c d", limit: 2));

    [Fact]
    public void A_lone_surrogate_does_no_harm() => Assert.Equal(["a", "b"], Words.Of("a\ud800b", limit: 9));
}
