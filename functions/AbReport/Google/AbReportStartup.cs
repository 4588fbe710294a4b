using Aisle.GoogleCloud;
using Aisle.GoogleCloud.Start;
using Aisle.Http;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.AbReport.GoogleCloud;

/// <summary>Plugs Google's services into the experiments, their reports and their review.</summary>
public sealed class AbReportStartup : FunctionsStartup
{
    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        GoogleOptions google = GoogleOptionsReader.Read(context.Configuration);
        Needs alerts = google.AlertsTopic is null ? Needs.None : Needs.PublishesAlerts;
        services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(ApiKeysReader.Read(context.Configuration))
            .AddSingleton(PseudonymKeyReader.Read(context.Configuration))
            .AddGoogleStores(google)
            .AddStartChecks(Needs.Documents | Needs.ReadsWarehouse | alerts)
            .AddAbReport(new AbReportOptions());
    }

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.UseStoreFaults(PassingFaults.Is);
}
