using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grokking.Configuration;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Tests.Unit.Architecture;
using Grokking.Tests.Unit.Laboratory;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed class RunKeyTests
{
    public static TheoryData<string> Names => HostileNames.All;

    [Fact]
    public void The_hash_is_that_of_the_text()
    {
        RunKey key = RunKey.Of(TinyExperiments.Add, "cpu-1");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.SpecText))), key.Hash);
        Assert.EndsWith("\n}\n", key.SpecText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_holds_the_engine_the_code_and_the_experiment()
    {
        using var spec = JsonDocument.Parse(RunKey.Of(TinyExperiments.Add, "cpu-1").SpecText);

        Assert.Equal(["code", "engine", "experiment"], spec.RootElement.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);
        Assert.Equal("cpu-1", spec.RootElement.GetProperty("engine").GetString());
        string code = Assert.Single(spec.RootElement.GetProperty("code").EnumerateArray()).GetString()!;
        Assert.Matches("^Grokking [0-9a-f]{64}$", code);
        using var experiment = JsonDocument.Parse(CanonicalJson.Write(TinyExperiments.Add));
        Assert.True(JsonElement.DeepEquals(experiment.RootElement, spec.RootElement.GetProperty("experiment")));
    }

    [Fact]
    public void Equal_runs_have_one_key_and_all_others_another()
    {
        Experiment experiment = TinyExperiments.Add;
        RunKey key = RunKey.Of(experiment, "cpu-1");

        Assert.Equal(key, RunKey.Of(experiment with { Steps = experiment.Steps }, "cpu-1"));
        Assert.NotEqual(key.Hash, RunKey.Of(experiment, "cpu-2").Hash, StringComparer.Ordinal);
        Assert.NotEqual(key.Hash, RunKey.Of(experiment with { Seed = 1 }, "cpu-1").Hash, StringComparer.Ordinal);
        Assert.NotEqual(key.Hash, RunKey.Of(experiment with { EvaluationGrowth = 1.5 }, "cpu-1").Hash, StringComparer.Ordinal);
    }

    // Two builds of an optimiser of one name are two rules.
    [Fact]
    public void The_code_of_a_users_own_operation_is_part_of_the_key()
    {
        string own = typeof(RunKeyTests).Assembly.GetName().Name + " " + typeof(RunKeyTests).Module.ModuleVersionId.ToString("N");

        Assert.Contains(own, RunKey.Of(TinyExperiments.Add with { Task = new FakeOperation() }, "cpu-1").SpecText, StringComparison.Ordinal);
        Assert.Contains(own, RunKey.Of(TinyExperiments.First, "cpu-1").SpecText, StringComparison.Ordinal);
        Assert.DoesNotContain(own, RunKey.Of(TinyExperiments.Add, "cpu-1").SpecText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_of_the_TorchSharp_engine_is_part_of_the_keys_of_its_runs()
    {
        Assert.Collection(
            CodeOf("torch-cuda-1"),
            code => Assert.Equal(Assert.Single(CodeOf("cpu-1")), code),
            code => Assert.Matches("^Grokking.TorchSharp [0-9a-f]{64}$", code));
    }

    // What the build has hashed: an edit of any of these files is another key.
    [Fact]
    public void That_code_is_every_source_of_the_engine()
    {
        string folder = Path.Combine(SourceTree.Root, "src", "Grokking.TorchSharp");
        IEnumerable<string> sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Select(path => $"../Grokking.TorchSharp/{Path.GetRelativePath(folder, path)}={Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}");

        string hashed = typeof(RunKey).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => string.Equals(attribute.Key, "TorchSources", StringComparison.Ordinal)).Value!;

        Assert.Equal(sources.Select(Slashes).Order(StringComparer.Ordinal), hashed.Split('|').Select(Slashes).Order(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);

        static string Slashes(string path) => path.Replace('\\', '/');
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_name_of_an_operation_or_an_engine_reaches_a_path(string name)
    {
        Operation operation = new ModularOperation(new ModularFormula(name, static (x, y, p) => x)) { Modulus = 7 };

        Assert.Matches("^[0-9a-f]{64}$", RunKey.Of(TinyExperiments.Add with { Task = operation }, "cpu-1").Hash);
        Assert.Matches("^[0-9a-f]{64}$", RunKey.Of(TinyExperiments.Add, "cpu" + name).Hash);
    }

    private static string[] CodeOf(string engineId)
    {
        using var spec = JsonDocument.Parse(RunKey.Of(TinyExperiments.Add, engineId).SpecText);
        return [.. spec.RootElement.GetProperty("code").EnumerateArray().Select(code => code.GetString()!)];
    }
}
