using System.CommandLine;
using Aisle.Benchmarks.Shops;
using Aisle.Candidates.Training;

namespace Aisle.Benchmarks.Tables;

/// <summary><c>tables</c>: prints published tables beside what our models reach on the same data.</summary>
internal static class TablesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        Option<string> data = new("--data") { Description = "the folder with the data sets", Required = true };
        Option<string[]> only = new("--only")
        {
            Description = "citeulike, yoochoose, gowalla, uci, retailrocket, completejourney, games, "
                + "beauty; all without it",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> tune = new("--tune-seconds") { Description = "time budget of each tuning", DefaultValueFactory = _ => 60 };
        Option<bool> ease = new("--gowalla-ease") { Description = "also EASE on Gowalla: 3.6 GB and some minutes" };
        Command command = new("tables", "Prints published tables beside our figures.") { data, only, tune, ease };
        command.SetAction(parsed =>
        {
            string[] chosen = parsed.GetValue(only) ?? [];
            TimeSpan budget = TimeSpan.FromSeconds(parsed.GetValue(tune));
            string root = parsed.GetValue(data)!;
            TableReport report = new(Console.Out);
            Print("citeulike", "citeulike_cmn", folder => new CiteULikeTable(CiteULike.Read(folder), budget, report).Print());
            Print("yoochoose", "yoochoose_100k", folder => new YoochooseTable(folder, report).Print());
            Print("gowalla", "gowalla_lightgcn", folder => new GowallaTable(Gowalla.Read(folder), budget, parsed.GetValue(ease), report).Print());
            foreach ((string name, string folder, Func<string, ShopData> read) in PublicShops.All)
            {
                Print(name, folder, path =>
                {
                    ShopData shop = read(path);
                    ModelRecipe learnt = new ShopTable(shop, budget, Console.Out).Print();
                    ColdStartTable cold = new(shop, Console.Out);
                    cold.Shoppers("defaults", shop.Recipe);
                    cold.Shoppers("learnt weights", learnt);
                    cold.Products("defaults", shop.Recipe);
                    cold.Products("learnt weights", learnt);
                });
            }

            void Print(string name, string folder, Action<string> print)
            {
                string path = Path.Combine(root, folder);
                if ((chosen.Length == 0 || chosen.Contains(name)) && Directory.Exists(path))
                {
                    print(path);
                }
                else if (!Directory.Exists(path))
                {
                    report.Note($"{name}: skipped, there is no folder {path}");
                }
            }
        });
        return command;
    }
}
