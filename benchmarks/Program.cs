using System.CommandLine;
using Aisle.Benchmarks.Calibration;
using Aisle.Benchmarks.Ingest;
using Aisle.Benchmarks.Ranking;
using Aisle.Benchmarks.Reporting;
using Aisle.Benchmarks.Serving;
using Aisle.Benchmarks.Speed;
using Aisle.Benchmarks.Tables;
using Aisle.Benchmarks.Training;

// One file a command: each area adds its own.
RootCommand root = new("Benchmarks of Aisle: printed, never asserted. Build with -c Release.")
{
    TrainCommand.Make(),
    RecommendCommand.Make(),
    SolversCommand.Make(),
    ScaleCommand.Make(),
    SynthesizeCommand.Make(),
    RankCommand.Make(),
    TablesCommand.Make(),
    ReportBenchmark.Make(),
    CalibrateCommand.Make(),
    IngestCommand.Make(),
    FuzzCommand.Make(),
};
RetrainBenchmark.AddTo(root);
ListsBenchmark.AddTo(root);
ServingCommands.AddTo(root);
return await root.Parse(args).InvokeAsync();
