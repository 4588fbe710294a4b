using Aisle.AbReport.Calibrating;
using Aisle.AbReport.Estimating;
using Aisle.AbReport.Requests;
using Aisle.AbReport.Reviewing;
using Aisle.Alerts;
using Aisle.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.AbReport;

/// <summary>Plugs the function into a host.</summary>
public static class AbReportServices
{
    /// <summary>Registers the endpoint and what it needs beyond the ports, the clock and the keys.</summary>
    public static IServiceCollection AddAbReport(this IServiceCollection services, AbReportOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ExperimentWriter>()
        .AddSingleton<AbReporter>()
        .AddSingleton<AaCalibrator>()
        .AddSingleton<PowerSimulator>()
        .AddSingleton<PolicyEstimator>()
        .AddSingleton<EstimateRoutes>()
        .AddSingleton<Episodes>()
        .AddSingleton<EpisodeAlerts>()
        .AddSingleton<ExperimentReviewer>()
        .AddSingleton<ReviewRoutes>()
        .AddSingleton<AbReportEndpoint>()
        .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<AbReportEndpoint>());
}
