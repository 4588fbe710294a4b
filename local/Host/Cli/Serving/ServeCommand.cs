using System.CommandLine;
using System.Net;
using Aisle.Host.Cli.Models;
using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Local.Workspaces;
using Aisle.Ports;

namespace Aisle.Host.Cli.Serving;

/// <summary><c>serve</c>, also what happens without a command: makes the demo shop if the folder is empty, then
/// serves until Ctrl+C.</summary>
internal sealed class ServeCommand(CommonOptions common, Screen screen)
{
    private const int DefaultPort = 5080;

    private readonly Option<int> _port = new("--port") { Description = "The port to listen on; 0 takes any free one.", DefaultValueFactory = _ => DefaultPort };
    private readonly Option<int?> _http2Port = new("--http2-port")
    {
        Description = "A second port for HTTP/2 without TLS, as a proxy in front speaks it. None by default.",
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "The network address to listen on. Anything but loopback lets other machines in.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly DemoOptions _demo = new();

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("serve", "Serve the shop in the state folder; make the demo shop there first if it is empty.");
        AddTo(command);
        return command;
    }

    /// <summary>Gives a command the options and the action of serving.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_http2Port);
        command.Options.Add(_listen);
        _demo.AddTo(command);
        command.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string folder = common.OwnFolderOf(parsed);
        ListenAddress address = AddressOf(parsed);
        Workspace workspace = OwnedWorkspace.TryOpen(folder) ?? throw AlreadyOpen(folder);
        if (address.Refusal() is { } refusal)
        {
            throw Taken(refusal.Option, refusal.Port, refusal.Reason); // before the work of a first start, not after it
        }

        OwnedWorkspace.RefuseBrokenOff(workspace);
        await using LocalShop shop = LocalShop.Open(workspace, address);
        if (!workspace.Info.IsFilled)
        {
            await _demo.MakeAsync(parsed, shop, screen, cancellationToken);
        }

        await shop.StartAsync(cancellationToken);
        if (await shop.Services.GetRequiredService<ICandidateStore>().ReadManifestAsync(cancellationToken) is null)
        {
            await using ShopConnection connection = ShopConnection.Within(shop);
            await new RunFollower(connection, screen).RetrainAsync(isForced: false, cancellationToken);
        }

        string url = await ListenAsync(shop, address, cancellationToken);
        RunningHost.Announce(workspace, url);
        Welcome.Print(screen, shop, url);
        await WaitAsync(shop.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping, cancellationToken);
        RunningHost.Withdraw(workspace);
        screen.Line("Stopped.");
        return 0;
    }

    private static async Task<string> ListenAsync(LocalShop shop, ListenAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await shop.ListenAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            bool isSecond = address.Http2Port is { } second && taken.Message.Contains($":{second}", StringComparison.Ordinal);
            (string option, int? port) = isSecond ? ("--http2-port", address.Http2Port) : ("--port", address.Port);
            throw Taken(option, port, taken.Message);
        }
    }

    private static UsageException Taken(string option, int? port, string reason) =>
        new(option, $"{port} cannot be listened on ({reason.TrimEnd('.')})", $"Choose another port, such as {option} 5081.");

    // A part of the host that fails for good stops the application, and then the command ends too.
    private static async Task WaitAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration asked = cancellationToken.Register(() => stopped.TrySetResult());
        await using CancellationTokenRegistration failed = stopping.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    private ListenAddress AddressOf(ParseResult parsed)
    {
        int port = Checked("--port", parsed.GetValue(_port), least: 0);
        int? http2Port = parsed.GetValue(_http2Port) is { } second ? Checked("--http2-port", second, least: 1) : null;
        string text = parsed.GetRequiredValue(_listen);
        return IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out IPAddress? address)
            ? new ListenAddress(address, port, http2Port)
            : throw new UsageException("--listen", $"'{text}' is no network address", "Use an address such as 127.0.0.1 or 0.0.0.0.");
    }

    private static int Checked(string option, int port, int least) =>
        port >= least && port <= 65_535 ? port : throw new UsageException(option, $"{port} is no port", $"Use a number from {least} to 65535.");

    private static UsageException AlreadyOpen(string folder) => RunningHost.Read(folder) is { } host
        ? new UsageException("--data", $"{folder} is already served at {host.Url}", "Use that host, stop it, or name another folder.")
        : new UsageException("--data", $"another command works on {folder}", "Wait until it has ended, or name another folder.");
}
