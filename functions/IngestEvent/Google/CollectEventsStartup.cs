using Aisle.GoogleCloud;
using Aisle.GoogleCloud.Start;
using Aisle.Http;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.IngestEvent.GoogleCloud;

/// <summary>Plugs Google's services into the collector.</summary>
public sealed class CollectEventsStartup : FunctionsStartup
{
    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) =>
        IngestEventStartup.Plug(context, services, Needs.Documents | Needs.PublishesEvents);

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.UseStoreFaults(PassingFaults.Is);
}
