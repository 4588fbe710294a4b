using System.Text.Json;

namespace Aisle.Host.Tests;

/// <summary>Every curl line of README and docs/api.md, sent to a running host; every JSON block after one, held
/// against the answer.</summary>
[Collection(ShopTests.Name)]
public sealed class DocumentedExamplesTests(ShopFixture shop)
{
    [Theory]
    [InlineData("docs/api.md", 12)]
    [InlineData("README.md", 2)]
    public async Task Every_example_works_and_answers_with_the_fields_that_are_shown(string page, int atLeast)
    {
        IReadOnlyList<DocumentedAnswer> answers = await shop.AnswersOfAsync(page, TestContext.Current.CancellationToken);
        Assert.True(answers.Count >= atLeast, $"{page} has {answers.Count} examples");
        foreach ((DocumentedExample example, _, _, int status, _, string body) in answers)
        {
            Assert.True(example.Statuses.Contains(status), $"{page}: {example.Command}\nanswered {status}: {body}");
            if (example.Answer is { } shown)
            {
                using JsonDocument answer = JsonDocument.Parse(body);
                HasFieldsOf(shown, answer.RootElement, example.Command);
            }
        }
    }

    // Names must be there, in lists those of the first element; values are examples only, and null may stand for anything.
    private static void HasFieldsOf(JsonElement shown, JsonElement got, string where)
    {
        switch (shown.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.True(got.ValueKind is JsonValueKind.Object or JsonValueKind.Null, where);
                foreach (JsonProperty member in shown.EnumerateObject().Where(_ => got.ValueKind == JsonValueKind.Object))
                {
                    Assert.True(got.TryGetProperty(member.Name, out JsonElement value), $"{where}\nlacks {member.Name}: {got.GetRawText()}");
                    HasFieldsOf(member.Value, value, where);
                }

                break;
            case JsonValueKind.Array when shown.GetArrayLength() > 0:
                Assert.True(got.ValueKind == JsonValueKind.Array && got.GetArrayLength() > 0, $"{where}\nhas an empty list: {got.GetRawText()}");
                HasFieldsOf(shown[0], got[0], where);
                break;
        }
    }
}
