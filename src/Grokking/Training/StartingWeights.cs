using Grokking.Models;
using Grokking.Numerics;

namespace Grokking.Training;

/// <summary>The weights before the first update.</summary>
internal static class StartingWeights
{
    /// <summary>Draws them, scales them as the experiment asks, and shows them to the model.</summary>
    /// <param name="experiment">A valid one.</param>
    /// <param name="model">Its model.</param>
    /// <param name="parameters">(P) overwritten.</param>
    public static void Draw(Experiment experiment, Model model, Span<float> parameters)
    {
        model.Initialize(experiment.Seed, parameters);
        FlatScale.Apply(parameters, (float)experiment.InitializationScale);
        model.StartFrom(parameters);
    }
}
