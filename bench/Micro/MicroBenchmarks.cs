using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Grokking.Bench.Micro;

/// <summary>
/// Each vector kernel beside its plain definition, on the shapes of the paper's model. The definition is the baseline: a ratio of 0.05 is
/// twenty times faster.
/// </summary>
internal static class MicroBenchmarks
{
    public static void Run()
    {
        Job job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(150));
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory)
            .AddLogger(ConsoleLogger.Default)
            .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));
        Type[] benchmarks =
        [
            typeof(GemmBenchmark),
            typeof(LastColumnsBenchmark),
            typeof(WeightGradientBenchmark),
            typeof(RowSumsBenchmark),
            typeof(DotBenchmark),
            typeof(LivingWeightsBenchmark),
            typeof(AttentionBenchmark),
            typeof(LayerNormBenchmark),
            typeof(CrossEntropyBenchmark),
            typeof(AdamWBenchmark),
            typeof(NormalsBenchmark),
        ];
        BenchmarkRunner.Run(benchmarks, config);
    }
}
