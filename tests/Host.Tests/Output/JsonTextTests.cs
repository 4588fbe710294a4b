using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Tests.Output;

public sealed class JsonTextTests
{
    [Fact]
    public void An_object_becomes_lines_and_a_list_of_objects_a_table()
    {
        string shown = Show("""{"model_version":"v1","fresh":true,"runs":[{"id":"a","state":"promoted"},{"id":"b","counts":{"rows":3}}]}""");

        Assert.Contains("model version: v1", shown, StringComparison.Ordinal);
        Assert.Contains("promoted", shown, StringComparison.Ordinal);
        Assert.Contains("rows 3", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_looks_like_markup_is_shown_as_it_is() =>
        Assert.Contains("[red]x[/]", Show("""{"items":[{"title":"[red]x[/]"}]}"""), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_shown_as_a_dash() => Assert.Contains("reason: –", Show("""{"reason":null}"""), StringComparison.Ordinal);

    private static string Show(string json)
    {
        using StringWriter output = new();
        using JsonDocument document = JsonDocument.Parse(json);
        JsonText.Show(Screen.Plain(output, TextWriter.Null), document.RootElement);
        return output.ToString();
    }
}
