using Grokking.Configuration;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Configuration;

[Trait("Category", "Unit")]
public sealed class ExperimentKeysTests
{
    [Fact]
    public void Every_key_of_a_preset_s_own_settings_is_listed()
    {
        IReadOnlyList<string> keys = ExperimentKeys.Of(Presets.Liu2022);

        Assert.All(
            ["model", "model.dHidden", "model.input", "loss", "templateWidth", "task", "task.size", "optimizer", "optimizer.embeddings",
                "optimizer.embeddings.learningRate", "optimizer.others", "optimizer.others.weightDecay", "optimizer.learningRate", "orthogonalGradient"],
            key => Assert.Contains(key, keys, StringComparer.Ordinal));
        Assert.DoesNotContain("task.modulus", keys, StringComparer.Ordinal);
        Assert.DoesNotContain("model.nHeads", keys, StringComparer.Ordinal);
    }

    [Fact]
    public void A_key_is_a_path_and_a_short_name_is_none()
    {
        IReadOnlyList<string> keys = ExperimentKeys.Of(Presets.Small), ofMlp = ExperimentKeys.Of(Presets.Doshi2023);

        Assert.Contains("optimizer.weightDecay", keys, StringComparer.Ordinal);
        Assert.Contains("task.modulus", keys, StringComparer.Ordinal);
        Assert.Contains("model", keys, StringComparer.Ordinal);
        Assert.Contains("model.nHeads", keys, StringComparer.Ordinal);
        Assert.Contains("model.dHidden", ofMlp, StringComparer.Ordinal);
        Assert.DoesNotContain("schedule", keys, StringComparer.Ordinal);
        Assert.All(ExperimentKeys.Aliases, alias => Assert.Contains(alias.Value, keys.Concat(ofMlp), StringComparer.Ordinal));
        Assert.All(ExperimentKeys.Aliases.Keys, alias => Assert.DoesNotContain(alias, keys.Concat(ofMlp), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_task_of_vectors_has_its_sizes_as_parts() => Assert.Equal(
        ["task", "task.examples", "task.relevant", "task.width"],
        ExperimentKeys.Of(Presets.Small with { Task = new SparseClassification() }).Where(key => key.StartsWith("task", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);
}
