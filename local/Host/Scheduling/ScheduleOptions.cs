using System.Text.Json;
using System.Text.Json.Serialization;
using Aisle.Host.Cli;
using Aisle.Host.State;
using Aisle.Local.Retention;
using Cronos;

namespace Aisle.Host.Scheduling;

/// <summary>When a serving host does what by itself: the content of <c>schedule.json</c> in the state folder. Each value is a cron
/// expression of five fields; an empty one turns the job off.</summary>
/// <remarks>Its members can be set because the generated reader overwrites init-only ones that a file leaves out.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ScheduleOptions
{
    /// <summary>The IANA time zone in which the expressions are read. Default UTC.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Trains a model; content is embedded anew with each. Default every day at 03:00.</summary>
    public string Retrain { get; set; } = "0 3 * * *";

    /// <summary>Checks how fresh the serving model is. Default every hour.</summary>
    public string Guard { get; set; } = "0 * * * *";

    /// <summary>Embeds the catalogue anew between retrains, whether or not it changed. Default every Sunday at 04:30.</summary>
    public string Content { get; set; } = "30 4 * * 0";

    /// <summary>Looks whether the catalogue changed since a run read it, and embeds it anew if so: how soon a new product is
    /// known. Default every ten minutes.</summary>
    public string CatalogueChanges { get; set; } = "*/10 * * * *";

    /// <summary>Writes each shopper's usual price. Default every hour at a quarter past.</summary>
    public string PriceFeatures { get; set; } = "15 * * * *";

    /// <summary>Counts each shopper's purchases of the last 30 days. Default every day at 02:30.</summary>
    public string PurchaseCounts { get; set; } = "30 2 * * *";

    /// <summary>Holds the last whole day (UTC) against the days before it. Default every day at 05:00.</summary>
    public string Drift { get; set; } = "0 5 * * *";

    /// <summary>Judges every experiment and alerts of what is wrong or decided. Default every day at 05:30.</summary>
    public string Experiments { get; set; } = "30 5 * * *";

    /// <summary>Removes what is older than may be kept. Default every day at 01:45.</summary>
    public string Retention { get; set; } = "45 1 * * *";

    /// <summary>For how many days is kept what shoppers did; default 90, in 1 … 90.</summary>
    public int RetentionDays { get; set; } = RetentionOptions.MostDays;

    /// <summary>Reads the folder's schedule; the defaults when it has none.</summary>
    /// <exception cref="UsageException">The file is damaged, or a value is no cron expression or no time zone;
    /// the message names it.</exception>
    public static ScheduleOptions Load(string folder)
    {
        string path = Path.Combine(folder, "schedule.json");
        if (!File.Exists(path))
        {
            return new ScheduleOptions();
        }

        try
        {
            return (JsonSerializer.Deserialize(File.ReadAllBytes(path), HostJson.Default.ScheduleOptions) ?? new ScheduleOptions()).Checked();
        }
        catch (JsonException broken)
        {
            throw new UsageException("schedule.json", $"{path} is no schedule ({broken.Message})", "Correct it, or remove it for the default schedule.");
        }
    }

    /// <summary>The zone.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public TimeZoneInfo Zone() => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out TimeZoneInfo? zone)
        ? zone
        : throw new UsageException("time_zone", $"'{TimeZone}' is no time zone of this machine", "Use an IANA name such as Europe/Berlin, or UTC.");

    /// <summary>An expression of the schedule; null when it is empty.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static CronExpression? Parse(string field, string expression)
    {
        if (string.IsNullOrWhiteSpace(expression))
        {
            return null;
        }

        return CronExpression.TryParse(expression, out CronExpression? parsed)
            ? parsed
            : throw new UsageException(field, $"'{expression}' is no cron expression", "Use five fields such as \"0 3 * * *\" (minute, "
                + "hour, day, month, weekday), or \"\" to turn the job off.");
    }

    private ScheduleOptions Checked()
    {
        Zone();
        if (RetentionDays is < 1 or > RetentionOptions.MostDays)
        {
            throw new UsageException("retention_days", $"{RetentionDays} is no number of days from 1 to "
                + $"{RetentionOptions.MostDays}", $"Use {RetentionOptions.MostDays}, or less to keep less.");
        }

        foreach ((string chore, string expression) in ShopJobs.Expressions(this))
        {
            Parse(chore, expression);
        }

        return this;
    }
}
