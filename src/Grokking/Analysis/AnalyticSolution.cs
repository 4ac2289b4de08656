using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Analysis;

/// <summary>
/// Gromov 2023, §3: weights that add residues, written down instead of trained. Hidden unit k has one frequency σ(k) in both operands and in the answer,
/// and the phase of its answer is the sum of those of its operands; squares make their products, and all but the right answer interfere away. The paper's factor (N/2)^⅓ scales all outputs alike and is left out.
/// </summary>
public static class AnalyticSolution
{
    /// <summary>The weights (P) of an MLP of one hidden layer of quadratic units without biases on one-hot inputs.</summary>
    /// <param name="experiment">x+y mod p, or another operation that its answers are held against.</param>
    /// <param name="layout">Of its model.</param>
    /// <param name="seed">Of the phases, its stream "phases", uniform; frequencies go round 1 … ⌊p/2⌋.</param>
    /// <exception cref="ArgumentException">The model is another.</exception>
    public static float[] Of(Experiment experiment, ParameterLayout layout, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(layout);
        if (experiment is not
            {
                Task: Operation operation,
                Model: MlpConfig { Input: MlpInput.OneHot, NLayers: 1, Biases: false, Activation: ActivationKind.Quadratic } mlp,
            })
        {
            throw new ArgumentException("experiment must have an MLP of one layer of quadratic units without biases on one-hot inputs.", nameof(experiment));
        }

        int p = operation.ElementCount, units = mlp.DHidden;
        var phases = new RandomStream(seed, "phases");
        float[] parameters = new float[layout.Count];
        ParameterTensor input = layout.Tensors[0], output = layout.Tensors[1];
        for (int k = 0; k < units; k++)
        {
            int frequency = 1 + (k % (p / 2));
            double left = phases.NextDouble(), right = phases.NextDouble(); // in turns
            for (int i = 0; i < p; i++)
            {
                double turn = frequency * i % p / (double)p;
                parameters[input.Offset + (i * units) + k] = Cosine(turn + left);
                parameters[input.Offset + ((p + i) * units) + k] = Cosine(turn + right);
                parameters[output.Offset + (k * p) + i] = Cosine(turn + left + right);
            }
        }

        return parameters;

        static float Cosine(double turns) => (float)Elementary.SinCos(2 * Math.PI * (turns - Math.Floor(turns))).Cos;
    }
}
