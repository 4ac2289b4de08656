using System.Diagnostics;
#if USE_TORCHSHARP
using System.Globalization;
#endif
using System.Reflection;
using System.Text.Json;
using Grokking.Bench;
using Grokking.Bench.Micro;
using Grokking.Claims;
using Grokking.Configuration;
using Grokking.Tasks;
#if USE_TORCHSHARP
using Grokking.TorchSharp;
#endif
using Grokking.Training;

const string usage = """
    usage: dotnet run -c Release --project bench -- <command>

      step      one training step of the paper's model: rate, share of the core's peak, allocation, two runs at once
      small     the same for the small model of the quick tier
      mlp       a pass of Doshi et al.'s MLP: in slices and whole, with living and with dying units
      store     what keeping a short run in a store costs
      pytorch   the paper's model beside two PyTorch implementations, one core each, in the same minute
      ensemble  the paper's model on the TorchSharp engine, 1, 8, 64 and 256 runs at once or as many as are named; with -p:UseTorchSharp=true only
      micro     each kernel beside its plain definition
      quick     what each claim costs at most, in core-hours, at the quick tier
      paper     the same at the paper's tier
    """;
const int badUsage = 5;

if (typeof(StepMeasurement).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
{
    Console.Error.WriteLine("A measurement needs an optimised build: add -c Release.");
    return badUsage;
}

// Power et al. 2022, Figure 1: division on half of the table.
Experiment paper = Presets.PaperText with { Task = Operations.Divide };
switch (args)
{
    case ["step"]: Print(StepMeasurement.Run(paper)); return 0;
    case ["small"]: Print(StepMeasurement.Run(Presets.Small)); return 0;
    case ["mlp"]: Print(MlpMeasurement.Run(Presets.Doshi2023)); return 0;
    case ["store"]: Print(StoreMeasurement.Run(Presets.Small with { Steps = 2_000 })); return 0;
    case ["pytorch"]: Print(PyTorchComparison.Run(paper)); return 0;
#if USE_TORCHSHARP
    case ["ensemble"]: return Ensembles(1, 8, 64, 256);
    case ["ensemble", .. string[] sizes] when sizes.All(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int runs) && runs > 0):
        return Ensembles([.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))]);
#endif
    case ["micro"]: MicroBenchmarks.Run(); return 0;
    case ["quick"]: Console.Write(TierCost.Measure(Tier.Quick, Console.Error).ToMarkdown()); return 0;
    case ["paper"]: Console.Write(TierCost.Measure(Tier.Paper, Console.Error).ToMarkdown()); return 0;
    default:
        Console.Error.WriteLine(usage);
        return badUsage;
}

#if USE_TORCHSHARP
int Ensembles(params IReadOnlyList<int> sizes)
{
    PyTorchPeer? peer = PyTorchPeer.Measure(TorchLibrary.BuiltFor.ToString());
    if (peer is not null)
    {
        Print(peer);
    }

    foreach (EnsembleReport report in sizes.SelectMany(size => EnsembleMeasurement.Compare(paper, size, peer)))
    {
        Print(report);
    }

    return 0;
}
#endif

static void Print<T>(T report)
{
    var options = new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
    Console.WriteLine(JsonSerializer.Serialize(report, options));
}
