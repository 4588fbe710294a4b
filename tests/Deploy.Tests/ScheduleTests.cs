using System.Text;
using Aisle.RetrainTrigger;
using Microsoft.AspNetCore.Http;

namespace Aisle.Deploy.Tests;

/// <summary>What Scheduler sends is what the code reads.</summary>
public sealed class ScheduleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_body_is_one_that_its_path_takes()
    {
        (TerraformFiles? files, string? absence) = await TerraformFiles.ReadAsync(Token);
        Assert.SkipWhen(files is null, absence ?? "");
        Dictionary<string, (string Path, string Body)> schedules = files!.Local("schedules").EnumerateObject()
            .ToDictionary(schedule => schedule.Name, schedule => (schedule.Value.GetProperty("path").GetString()!, schedule.Value.GetProperty("body").GetString()!));

        foreach (string body in schedules.Values.Where(schedule => schedule.Path == "/v1/retrain").Select(schedule => schedule.Body))
        {
            DefaultHttpContext context = new() { Request = { Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) } };
            Assert.Empty((await RetrainRequest.ReadAsync(context)).Problems);
        }

        Assert.Equal(["catalogue", "content", "drift", "experiments", "features", "guard", "retrain"], schedules.Keys.Order());
    }
}
