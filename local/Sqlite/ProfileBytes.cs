using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.Local.Sqlite;

/// <summary>A shopper's document as bytes: a third of JSON, read and written in a few microseconds, since the
/// document changes with each event.</summary>
/// <remarks>version u8 · table of texts, each once · the fields in the order in which they are written. Numbers are 7-bit encoded or
/// little-endian; a text is 1 + its place in the table, 0 for none; instants are microseconds. Version 1 knows neither when an interaction
/// was accepted nor logins, version 2 no purchases beyond the recent interactions, version 3 no users, version 4 no
/// logins before the last. A document that begins with a brace
/// is JSON, as still earlier versions wrote it.</remarks>
internal static class ProfileBytes
{
    private const byte Version = 5;
    private const byte WithoutEarlierLogins = 4;
    private const byte WithoutUsers = 3;
    private const byte WithoutPurchased = 2;
    private const byte First = 1;
    private const byte Json = (byte)'{';

    /// <summary>Stands for an instant that is not known.</summary>
    public const long Never = long.MinValue;

    /// <summary>The document's bytes.</summary>
    public static byte[] Write(ShopperProfile profile)
    {
        TextTable texts = new();
        using MemoryStream body = new(4096);
        using BinaryWriter writer = new(body);
        writer.Write7BitEncodedInt(texts.Add(profile.User.Value));
        writer.Write7BitEncodedInt(texts.Add(profile.Assignment?.Value));
        Write(writer, texts, profile.AssignmentStamp);
        writer.Write7BitEncodedInt(texts.Add(profile.DeviceType));
        Write(writer, texts, profile.DeviceStamp);
        writer.Write7BitEncodedInt(profile.Recent.Count);
        foreach (RecentInteraction recent in profile.Recent)
        {
            writer.Write7BitEncodedInt(texts.Add(recent.Id.Value));
            writer.Write7BitEncodedInt(texts.Add(recent.Product.Value));
            writer.Write((byte)recent.Type);
            writer.Write(SqliteTime.ToMicros(recent.OccurredAt));
            writer.Write7BitEncodedInt(texts.Add(recent.Session?.Value));
            writer.Write(recent.AcceptedAt is { } accepted ? SqliteTime.ToMicros(accepted) : Never);
        }

        Write(writer, texts, profile.DistinctProducts);
        WriteBatchFeatures(writer, texts, profile);
        Write(writer, texts, profile.Purchased);
        writer.Write(profile.IsUser);
        Write(writer, texts, profile.EarlierLogins);
        writer.Flush();
        return texts.Join(Version, body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    /// <summary>The document of the bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another version or cut short.</exception>
    public static ShopperProfile Read(byte[] bytes)
    {
        try
        {
            return bytes switch
            {
                [Json, ..] => JsonSerializer.Deserialize(bytes, StateJson.Default.ShopperProfile)!,
                [First or WithoutPurchased or WithoutUsers or WithoutEarlierLogins or Version, ..] => Read(new ProfileReader(bytes)),
                _ => throw Damaged(null),
            };
        }
        catch (Exception cut) when (cut is ArgumentException or IndexOutOfRangeException or JsonException) // identities, instants and lengths refuse what they cannot be
        {
            throw Damaged(cut);
        }
    }

    private static DistinctProduct Distinct(ProfileReader reader) => new(new ProductId(reader.Text()!), reader.Instant(), new EventId(reader.Text()!));

    private static ShopperProfile Read(ProfileReader reader) => new()
    {
        // Initialisers run in the order in which they are written: that of the bytes.
        User = new UserId(reader.Text()!),
        Assignment = reader.Text() is { } assignment ? new AssignmentId(assignment) : null,
        AssignmentStamp = reader.Stamp(),
        DeviceType = reader.Text(),
        DeviceStamp = reader.Stamp(),
        Recent = reader.List(static r => new RecentInteraction(
            new EventId(r.Text()!), new ProductId(r.Text()!), (EventType)r.Byte(), r.Instant(), r.Text() is { } session ? new SessionId(session) : null)
        {
            AcceptedAt = r.Version == First ? null : r.InstantOrNull(),
        }),
        DistinctProducts = reader.List(Distinct),
        UserEmbedding = reader.List(static r => r.Single()),
        AveragePriceMinor = reader.Byte() == 0 ? null : reader.Double(),
        PurchaseCount30Days = reader.Whole(),
        AgeBracket = reader.Text(),
        Location = reader.Text(),
        Consent = reader.Byte() switch { 0 => null, 1 => false, _ => true },
        NewestEventAt = reader.Instant(),
        ExpiresAt = reader.Instant(),
        Login = reader.Version != First && reader.Text() is { } login ? new Login(new UserId(login), reader.Instant()) : null,
        Purchased = reader.Version > WithoutPurchased ? reader.List(Distinct) : [],
        IsUser = reader.Version > WithoutUsers && reader.Byte() != 0,
        EarlierLogins = reader.Version > WithoutEarlierLogins ? reader.List(static r => new Login(new UserId(r.Text()!), r.Instant())) : [],
    };

    private static void Write(BinaryWriter writer, TextTable texts, IReadOnlyList<DistinctProduct> products)
    {
        writer.Write7BitEncodedInt(products.Count);
        foreach (DistinctProduct product in products)
        {
            writer.Write7BitEncodedInt(texts.Add(product.Product.Value));
            writer.Write(SqliteTime.ToMicros(product.LastTouchedAt));
            writer.Write7BitEncodedInt(texts.Add(product.LastEvent.Value));
        }
    }

    private static void Write(BinaryWriter writer, TextTable texts, IReadOnlyList<Login> logins)
    {
        writer.Write7BitEncodedInt(logins.Count);
        foreach (Login login in logins)
        {
            writer.Write7BitEncodedInt(texts.Add(login.User.Value));
            writer.Write(SqliteTime.ToMicros(login.At));
        }
    }

    private static void Write(BinaryWriter writer, TextTable texts, EventStamp? stamp)
    {
        writer.Write7BitEncodedInt(texts.Add(stamp?.Event.Value));
        if (stamp is { } known)
        {
            writer.Write(SqliteTime.ToMicros(known.OccurredAt));
        }
    }

    private static void WriteBatchFeatures(BinaryWriter writer, TextTable texts, ShopperProfile profile)
    {
        writer.Write7BitEncodedInt(profile.UserEmbedding.Count);
        foreach (float number in profile.UserEmbedding)
        {
            writer.Write(number);
        }

        writer.Write(profile.AveragePriceMinor is not null);
        if (profile.AveragePriceMinor is { } price)
        {
            writer.Write(price);
        }

        writer.Write7BitEncodedInt(profile.PurchaseCount30Days);
        writer.Write7BitEncodedInt(texts.Add(profile.AgeBracket));
        writer.Write7BitEncodedInt(texts.Add(profile.Location));
        writer.Write((byte)(profile.Consent switch { null => 0, false => 1, true => 2 }));
        writer.Write(SqliteTime.ToMicros(profile.NewestEventAt));
        writer.Write(SqliteTime.ToMicros(profile.ExpiresAt));
        writer.Write7BitEncodedInt(texts.Add(profile.Login?.User.Value));
        if (profile.Login is { } login)
        {
            writer.Write(SqliteTime.ToMicros(login.At));
        }
    }

    private static InvalidDataException Damaged(Exception? cause) =>
        new("A stored shopper's document is damaged or of a later version; erase the shopper, or restore the state file.", cause);
}
