using System.Text;
using System.Text.Json;

namespace Aisle.Http.Tests;

public sealed class BodiesTests
{
    [Theory]
    [InlineData("{\"a\":1")]
    [InlineData("")]
    [InlineData("NaN")]
    public async Task What_is_not_json_is_refused_with_its_place(string body)
    {
        BodyRefusedException refused = await Assert.ThrowsAsync<BodyRefusedException>(
            () => Bodies.ReadJsonAsync(Requests.WithBody(Encoding.UTF8.GetBytes(body)), 1000));

        Assert.Equal(400, refused.Problem.Status);
        Assert.Contains("line 1", refused.Problem.Problems[0].Problem);
    }

    [Fact]
    public async Task Invalid_utf8_is_refused()
    {
        BodyRefusedException refused = await Assert.ThrowsAsync<BodyRefusedException>(
            () => Bodies.ReadJsonAsync(Requests.WithBody([(byte)'"', 0xC3, 0x28, (byte)'"']), 1000));

        Assert.Contains("UTF-8", refused.Problem.Problems[0].Problem);
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        string deep = new string('[', 40) + new string(']', 40);

        await Assert.ThrowsAsync<BodyRefusedException>(() => Bodies.ReadJsonAsync(Requests.WithBody(Encoding.UTF8.GetBytes(deep)), 1000));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"a":{"b":[{"c":1},{"c":1,"\u0063":2}]}}""", "a.b[1].c")]
    public async Task A_name_that_an_object_has_twice_is_told_with_its_place(string body, string place)
    {
        BodyRefusedException refused = await Assert.ThrowsAsync<BodyRefusedException>(
            () => Bodies.ReadJsonAsync(Requests.WithBody(Encoding.UTF8.GetBytes(body)), 1000));
        using JsonDocument batch = await Bodies.ReadJsonBatchAsync(Requests.WithBody(Encoding.UTF8.GetBytes(body)), 1000);

        Assert.Equal(place, refused.Problem.Problems[0].Field);
        Assert.Equal(JsonValueKind.Object, batch.RootElement.ValueKind); // its reader tells of each item
    }

    [Fact]
    public async Task A_gzip_body_is_read_like_a_plain_one()
    {
        using JsonDocument json = await Bodies.ReadJsonAsync(Requests.WithBody(Requests.Gzip("[1,2]"u8.ToArray()), "gzip"), 1000);

        Assert.Equal(2, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused_by_its_unpacked_size()
    {
        BodyRefusedException refused = await Assert.ThrowsAsync<BodyRefusedException>(
            () => Bodies.ReadAsync(Requests.WithBody(Requests.Gzip(new byte[1_000_000]), "gzip"), 10_000));

        Assert.Equal(413, refused.Problem.Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    public async Task Broken_compression_and_unknown_encodings_are_named(string coding)
    {
        BodyRefusedException broken = await Assert.ThrowsAsync<BodyRefusedException>(
            () => Bodies.ReadAsync(Requests.WithBody("{}"u8.ToArray(), coding), 1000));
        BodyRefusedException unknown = await Assert.ThrowsAsync<BodyRefusedException>(
            () => Bodies.ReadAsync(Requests.WithBody([1, 2, 3], "zstd"), 1000));

        Assert.Equal(400, broken.Problem.Status);
        Assert.Equal(415, unknown.Problem.Status);
    }
}
