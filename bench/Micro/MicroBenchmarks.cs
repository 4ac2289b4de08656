namespace Grokking.Bench.Micro;
internal static class MicroBenchmarks { public static void Run() { } }
