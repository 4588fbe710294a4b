using Aisle.Http;
using Aisle.ScoreUser.Composing;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Logging;
using Aisle.ScoreUser.Promises;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Replaying;
using Aisle.ScoreUser.Requests;
using Aisle.ScoreUser.Rules;
using Aisle.ScoreUser.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.ScoreUser;

/// <summary>Registers the function. The host brings the ports, <see cref="TimeProvider"/>, <see cref="ApiKeys"/>
/// and the pseudonymizer.</summary>
public static class ScoreUserServices
{
    /// <summary>The function with its warm state, which is refreshed in the background once the host starts.</summary>
    public static IServiceCollection AddScoreUser(this IServiceCollection services, ScoreUserOptions options) => services
        .AddSingleton(options)
        .AddSingleton<FallbackReader>()
        .AddSingleton<ServingState>()
        .AddSingleton<ShopperReader>()
        .AddSingleton<CandidateFinder>()
        .AddSingleton<SlateInputs>()
        .AddSingleton<SlateAssembler>()
        .AddSingleton<NewProductPromise>()
        .AddSingleton<ExposureLedger>()
        .AddSingleton<SlatePipeline>()
        .AddSingleton<SlateReplayer>()
        .AddSingleton<SlateChance>()
        .AddSingleton<SlateRequestReader>()
        .AddSingleton<SlateLogger>()
        .AddSingleton<UserScorer>()
        .AddSingleton<RuleDesk>()
        .AddSingleton<ScoreUserEndpoint>()
        .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<ScoreUserEndpoint>())
        .AddSingleton<ServingRefresher>()
        .AddSingleton<SlateWarmer>()
        .AddHostedService(provider => provider.GetRequiredService<ServingRefresher>())
        .AddHostedService(provider => provider.GetRequiredService<SlateWarmer>())
        .AddHostedService(provider => provider.GetRequiredService<SlateLogger>());
}
