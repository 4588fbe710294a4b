using System.Buffers.Binary;
using System.Security.Cryptography;
using Aisle.GoogleCloud;
using Aisle.GoogleCloud.Start;
using Aisle.Http;
using Aisle.Redis;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.ScoreUser.GoogleCloud;

/// <summary>Plugs Google's services into the scorer. The service needs its processor between requests too: it refreshes what it
/// serves and writes its log then.</summary>
public sealed class ScoreUserStartup : FunctionsStartup
{
    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        GoogleOptions google = GoogleOptionsReader.Read(context.Configuration);
        Needs slates = google.SlatesTopic is null ? Needs.None : Needs.PublishesSlates;
        services
            .AddAnswerCompression()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(ApiKeysReader.Read(context.Configuration))
            .AddSingleton(PseudonymKeyReader.Read(context.Configuration))
            .AddGoogleStores(google)
            .AddStartChecks(Needs.Documents | Needs.WritesWarehouse | Needs.Models | slates)
            .AddCandidateCache(context.Configuration["AISLE_REDIS"])
            .AddScoreUser(new ScoreUserOptions
            {
                Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)),
                ReadDeadline = TimeSpan.FromMilliseconds(60), // Firestore is a network away; the embedded stores are not
            });
    }

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.UseAnswerCompression().UseStoreFaults(PassingFaults.Is);
}
