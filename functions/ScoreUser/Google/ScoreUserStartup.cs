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

/// <summary>Plugs Google's services into the scorer. The service needs its processor between requests too: it refreshes what it serves and writes its log then.</summary>
public sealed class ScoreUserStartup : FunctionsStartup
{
    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) => services
        .AddAnswerCompression()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(ApiKeysReader.Read(context.Configuration))
        .AddSingleton(PseudonymKeyReader.Read(context.Configuration))
        .AddGoogleStores(GoogleOptionsReader.Read(context.Configuration))
        .AddStartChecks(Needs.Documents | Needs.WritesWarehouse | Needs.Models | Needs.PublishesSlates)
        .AddCandidateCache(context.Configuration["AISLE_REDIS"])
        .AddScoreUser(new ScoreUserOptions
        {
            Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)),
            ReadDeadline = TimeSpan.FromMilliseconds(60), // Firestore is a network away; the embedded stores are not
        });

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.UseAnswerCompression().UseStoreFaults(PassingFaults.Is);
}
