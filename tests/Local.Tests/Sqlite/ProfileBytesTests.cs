using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Local.Sqlite;
using Aisle.Testing;
using CsCheck;

namespace Aisle.Local.Tests.Sqlite;

public sealed class ProfileBytesTests
{
    private static readonly byte[] Whole = ProfileBytes.Write(Some.Profile() with
    {
        Recent = [new RecentInteraction(new EventId("e"), new ProductId("p"), EventType.View, Some.Instant, new SessionId("s"))],
        Login = new Login(Some.User("anna"), Some.Instant),
        EarlierLogins = [new Login(Some.User("bert"), Some.Instant.AddDays(-1)), new Login(Some.User("carla"), Some.Instant.AddDays(-2))],
    });

    [Fact]
    public void Earlier_logins_are_read_as_they_were_written() =>
        Assert.Equal([new Login(Some.User("bert"), Some.Instant.AddDays(-1)), new Login(Some.User("carla"), Some.Instant.AddDays(-2))], ProfileBytes.Read(Whole).EarlierLogins);

    [Fact]
    public void A_document_of_version_4_is_read_without_earlier_logins()
    {
        byte[] now = ProfileBytes.Write(ProfileBytes.Read(Whole) with { EarlierLogins = [], IsUser = true });
        byte[] then = [4, .. now[1..^1]]; // it ended before the number of earlier logins

        ShopperProfile read = ProfileBytes.Read(then);

        Assert.Empty(read.EarlierLogins);
        Assert.Equal(now, ProfileBytes.Write(read));
    }

    [Fact]
    public void Bytes_that_were_changed_anywhere_are_read_or_named_as_damaged() => Gen
        .Select(Gen.Int[0, Whole.Length - 1], Gen.Byte, Gen.Int[1, Whole.Length])
        .Sample((at, value, length) =>
        {
            byte[] bytes = Whole[..length];
            bytes[Math.Min(at, length - 1)] = value;

            AssertReadOrNamed(bytes);
        }, iter: 20_000);

    [Theory]
    [InlineData("{")]
    [InlineData("""{"User":5}""")]
    public void Text_that_is_no_document_is_named_as_damaged(string text) =>
        Assert.Throws<InvalidDataException>(() => ProfileBytes.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_count_beyond_all_bounds_is_named_as_damaged() =>
        Assert.Throws<InvalidDataException>(() => ProfileBytes.Read([Whole[0], 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]));

    private static void AssertReadOrNamed(byte[] bytes)
    {
        try
        {
            ProfileBytes.Read(bytes);
        }
        catch (InvalidDataException)
        {
            // as it should be
        }
    }
}
