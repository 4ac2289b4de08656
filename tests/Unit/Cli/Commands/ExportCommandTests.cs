using System.Text.Json;
using Grokking.Cli.Export;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Store;
using Grokking.Tests.Unit.Store;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class ExportCommandTests : IDisposable
{
    private static readonly Experiment s_paper = Presets.PaperText with { Model = new TransformerConfig { DModel = 8, NHeads = 2 } };

    private static readonly Experiment s_small = Presets.Small with { Model = (TransformerConfig)Presets.Small.Model with { DModel = 8 } };

    private readonly StoreFolder _folder = new();
    private readonly StoreFolder _output = new();
    private readonly RecordedConsole _console = new();
    private readonly RunStore _store;

    public ExportCommandTests() => _store = new RunStore(_folder.Path);

    public void Dispose()
    {
        _console.Dispose();
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Curves_go_to_the_standard_output()
    {
        string key = Keep(s_paper);

        int code = await Export();

        Assert.Equal(0, code);
        Assert.Equal("run,engine,task,train_fraction,seed,step,set,metric,value", _console.OutputLines[0]);
        Assert.Equal($"{key},test-1,x+y mod 97,0.5,0,0,train,loss,1", _console.OutputLines[1]);
        Assert.Equal(11, _console.OutputLines.Length);
        Assert.Equal("", _console.Error);
    }

    [Fact]
    public async Task Or_into_a_file_of_which_nobody_sees_a_part()
    {
        Keep(s_paper);
        File.WriteAllText(_output.At("curves.jsonl"), "old");

        int code = await Export("--format", "JSONL", "--out", _output.At("curves.jsonl"));

        Assert.Equal(0, code);
        string[] lines = File.ReadAllLines(_output.At("curves.jsonl"));
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Equal([_output.At("curves.jsonl")], Directory.GetFiles(_output.Path));
        Assert.Equal($"1 run of {_folder.Path}: {_output.At("curves.jsonl")}", _console.OutputLines[^1]);
    }

    [Fact]
    public async Task Runs_come_in_the_order_of_their_settings_whatever_their_keys()
    {
        foreach (ulong seed in new ulong[] { 10, 9, 0 })
        {
            Keep(s_paper with { Seed = seed });
        }

        Keep(s_paper with { Seed = 5, TrainFraction = 0.3 });

        await Export();

        Assert.Equal(
            ["0.3,5", "0.5,0", "0.5,9", "0.5,10"],
            _console.OutputLines[1..].Select(line => string.Join(',', line.Split(',')[3..5])).Distinct(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_filter_or_the_beginning_of_a_key_chooses()
    {
        string[] keys = [.. Enumerable.Range(0, 3).Select(seed => Keep(s_paper with { Seed = (ulong)seed }))];

        await Export("seed=0", keys[2][..8].ToUpperInvariant());

        Assert.Equal([keys[0], keys[2]], _console.OutputLines[1..].Select(line => line.Split(',')[0]).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_has_not_finished_is_left_out_and_said_so()
    {
        Keep(s_paper);
        StoredRuns.Begin(_store, s_paper with { Seed = 1 }).Dispose();

        int code = await Export();

        Assert.Equal(0, code);
        Assert.Equal(11, _console.OutputLines.Length);
        Assert.Equal("Left out: 1 run that has not finished.\n", _console.Error);
    }

    [Fact]
    public async Task Each_run_is_a_folder_of_TensorBoard()
    {
        string first = Keep(s_paper), second = Keep(s_paper with { Seed = 1 });

        int code = await Export("--format", "tensorboard", "--out", _output.At("deep", "logs"));

        Assert.Equal(0, code);
        Assert.Equal(
            [
                _output.At("deep", "logs", $"x+y-mod-97_seed0_{first[..12]}", TensorBoardEvents.FileName),
                _output.At("deep", "logs", $"x+y-mod-97_seed1_{second[..12]}", TensorBoardEvents.FileName),
            ],
            Directory.GetFiles(_output.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_weights_of_one_run_are_a_file_that_says_how_to_build_its_model()
    {
        string key = Keep(s_paper);

        int code = await Export("--format", "safetensors", "--names", "openai", "--out", _output.At("model.safetensors"));

        Assert.Equal(0, code);
        SafetensorsFile file = Safetensors.Read(File.ReadAllBytes(_output.At("model.safetensors")));
        Assert.Equal([99, 8], file.Tensors.Single(tensor => string.Equals(tensor.Name, "embedding.weight", StringComparison.Ordinal)).Shape);
        Assert.Equal(
            """{"n_layers":2,"n_heads":2,"d_model":8,"dropout":0,"max_context_len":50,"vocab_len":99,"non_linearity":"relu"}""", file.Metadata["config"]);
        Assert.Equal(s_paper, ExperimentJson.Read(file.Metadata["experiment"]));
        Assert.Equal((key, "test-1", "openai/grok", "pt"), (file.Metadata["run"], file.Metadata["engine"], file.Metadata["layout"], file.Metadata["format"]));
    }

    [Fact]
    public async Task The_weights_of_several_runs_are_a_folder()
    {
        string first = Keep(s_small), second = Keep(s_small with { Seed = 1 });

        int code = await Export("--format", "safetensors", "--names", "TransformerLens", "--out", _output.At("models"));

        Assert.Equal(0, code);
        Assert.Equal(
            [$"x-y-mod-43_seed0_{first[..12]}.safetensors", $"x-y-mod-43_seed1_{second[..12]}.safetensors"],
            Directory.GetFiles(_output.At("models")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Our_own_names_are_the_stored_weights()
    {
        Keep(s_small);

        await Export("--format", "safetensors", "--names", "grokking", "--out", _output.Path);

        SafetensorsFile file = Safetensors.Read(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_output.Path))));
        IReadOnlyList<NamedTensor> stored = _store.List().Runs[0].ReadWeights();
        Assert.Equal(stored.Select(tensor => tensor.Name), file.Tensors.Select(tensor => tensor.Name), StringComparer.Ordinal);
        Assert.All(stored.Zip(file.Tensors), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.ToNamedTensor().Values.ToArray()));
        Assert.DoesNotContain("config", file.Metadata.Keys, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_model_that_the_library_cannot_be_is_refused_before_any_file()
    {
        Keep(s_paper);
        Keep(s_small);

        int code = await Export("--format", "safetensors", "--names", "transformerlens", "--out", _output.At("models"));

        Assert.Equal(5, code);
        Assert.Contains("is no model of TransformerLens: its norms are after the residual sums", _console.Error, StringComparison.Ordinal);
        Assert.EndsWith("--names openai or grokking.\n", _console.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_output.Path));
    }

    [Theory]
    [InlineData("openai", "openai/grok")]
    [InlineData("transformerlens", "TransformerLens")]
    public async Task An_MLP_is_no_model_of_a_library_of_transformers(string names, string library)
    {
        Keep(TinyExperiments.TemplateMlp);

        int code = await Export("--format", "safetensors", "--names", names, "--out", _output.At("models"));

        Assert.Equal(5, code);
        Assert.Contains($"(x+y for x<=y<6) is no model of {library}: it is no transformer.", _console.Error, StringComparison.Ordinal);
        Assert.EndsWith("Its weights go with --names grokking.\n", _console.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_output.Path));
    }

    [Fact]
    public async Task The_weights_of_an_MLP_go_by_our_own_names()
    {
        string key = Keep(TinyExperiments.TemplateMlp);

        int code = await Export("--format", "safetensors", "--names", "grokking", "--out", _output.Path);

        Assert.Equal(0, code);
        string path = Assert.Single(Directory.GetFiles(_output.Path));
        Assert.Equal($"x+y-for-x-y-6_seed0_{key[..12]}.safetensors", Path.GetFileName(path));
        SafetensorsFile file = Safetensors.Read(File.ReadAllBytes(path));
        Assert.Equal(["W_E", "W_in", "b_in", "W_1", "b_1", "W_2", "b_2"], file.Tensors.Select(tensor => tensor.Name), StringComparer.Ordinal);
        Assert.Equal(TinyExperiments.TemplateMlp, ExperimentJson.Read(file.Metadata["experiment"]));
        Assert.False(file.Metadata.ContainsKey("left_out"));
    }

    [Fact]
    public async Task Weights_that_are_not_all_that_a_model_needs_say_so()
    {
        Keep(TinyExperiments.CommitteeMlp);

        await Export("--format", "safetensors", "--names", "grokking", "--out", _output.At("model.safetensors"));

        SafetensorsFile file = Safetensors.Read(File.ReadAllBytes(_output.At("model.safetensors")));
        Assert.Equal("the readout, which stays as the seed drew it, and the outputs at the start, which are subtracted", file.Metadata["left_out"]);
        Assert.DoesNotContain("W_1", file.Tensors.Select(tensor => tensor.Name), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(8, "holds no finished run")]
    public async Task An_empty_store_is_said_to_be_empty(int expected, string message)
    {
        Assert.Equal(expected, await Export());
        Assert.Contains(message, _console.Error, StringComparison.Ordinal);
        Assert.Equal("", _console.Output);
    }

    [Theory]
    [InlineData(8, "matches \"seed=7\"", "seed=7")]
    [InlineData(8, "matches \"abcdef\"", "abcdef")]
    [InlineData(5, "no filter like seed=0..4 and no key", "abc")]
    [InlineData(5, "no filter like seed=0..4 and no key", "small")]
    [InlineData(5, "sed is no key; did you mean seed?", "sed=7")]
    [InlineData(5, "--format is \"cvs\"; did you mean csv?", "--format", "cvs")]
    [InlineData(5, "--names is for --format safetensors, not for csv", "--names", "openai")]
    [InlineData(5, "--format safetensors needs --names: openai, transformerlens, grokking", "--format", "safetensors")]
    [InlineData(5, "did you mean transformerlens?", "--format", "safetensors", "--names", "transformer_lens")]
    [InlineData(5, "--out PATH has to say where", "--format", "safetensors", "--names", "openai")]
    [InlineData(5, "--out PATH has to say where", "--format", "tensorboard")]
    [InlineData(1, "its folder is not there", "--out", "/no/such/folder/curves.csv")]
    public async Task What_cannot_be_done_is_one_line(int expected, string message, params string[] arguments)
    {
        Keep(s_paper);

        Assert.Equal(expected, await Export(arguments));
        Assert.Contains(message, Assert.Single(_console.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("", _console.Output);
    }

    [Fact]
    public async Task A_damaged_run_is_left_out_and_said_so()
    {
        string key = Keep(s_paper);
        Keep(s_paper with { Seed = 1 });
        string curve = Directory.GetFiles(_folder.Path, "curve.csv", SearchOption.AllDirectories).Single(path => path.Contains(key, StringComparison.Ordinal));
        File.AppendAllText(curve, "30,1,1,1,1,,1\n");

        int code = await Export();

        Assert.Equal(0, code);
        Assert.DoesNotContain(key, _console.Output, StringComparison.Ordinal);
        Assert.Contains(key, Assert.Single(_console.ErrorLines), StringComparison.Ordinal);
    }

    // A run with the weights that its model starts from.
    private string Keep(Experiment experiment)
    {
        var run = new TrainingRun(experiment);
        return StoredRuns.Complete(_store, experiment, [.. run.CopyTensors().Take(run.Layout.Tensors.Count)]);
    }

    private Task<int> Export(params string[] arguments) => _console.Run(["export", .. arguments, "--store", _folder.Path]);
}
