using Aisle.GoogleCloud.Start;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.IngestEvent.GoogleCloud;

/// <summary>Plugs Google's services into the collector.</summary>
public sealed class CollectEventsStartup : FunctionsStartup
{
    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) =>
        IngestEventStartup.Plug(context, services, Needs.Documents | Needs.PublishesEvents);
}
