using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Models;

/// <summary>A block against its formula in double, row by row.</summary>
[Trait("Category", "Unit")]
public sealed class TransformerBlockTests
{
    // Float against double through some ten layers of sums, each a few roundings of 6e-8.
    private const double Bound = 1e-5;
    private const int V = 5, T = 3;

    // Three sequences that share beginnings: a first block whose rows are prefixes, and a last one of scored rows alone.
    private static readonly int[] Tokens = [0, 1, 2, 0, 1, 3, 4, 1, 2];

    public static TheoryData<NormPlacement, ActivationKind, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<NormPlacement, ActivationKind, bool>();
            foreach (NormPlacement norm in Enum.GetValues<NormPlacement>())
            {
                kinds.Add(norm, ActivationKind.Relu, true);
                kinds.Add(norm, ActivationKind.Gelu, false);
                kinds.Add(norm, ActivationKind.Gelu, true);
                kinds.Add(norm, ActivationKind.Tanh, true);
                kinds.Add(norm, ActivationKind.Quadratic, true);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Output_is_that_of_the_formula_and_gradients_are_its_central_differences(NormPlacement norm, ActivationKind activation, bool isLast)
    {
        TransformerConfig config = new()
        {
            DModel = 6,
            NHeads = 2,
            MlpMultiplier = 2,
            Norm = norm,
            Activation = activation,
            AttentionBiases = true,
            MlpBiases = true,
        };
        var weights = new TransformerWeights(config, V, T);
        var trie = new PrefixTrie(maxExamples: 3, T, V, readsPerExample: 1, blocks: 2, share: true);
        trie.Build(Tokens, [T - 1]);
        BlockRows rows = trie.Blocks[isLast ? 1 : 0];
        Assert.Equal(isLast, rows.GathersQueries);
        float[] parameters = Sample.Normal(weights.Layout.Count, "parameters", scale: 0.4f), gradient = new float[parameters.Length];
        float[] x = Sample.Normal(rows.InputCount * config.DModel, "x"), projection = Sample.Normal(rows.OutputCount * config.DModel, "projection");
        Matrix stream = Sample.Matrix(x, config.DModel), dOut = Sample.Matrix(projection, config.DModel);
        Matrix dx = Sample.Matrix(rows.InputCount, config.DModel, "old dx");
        var block = new TransformerBlock(config, weights.Blocks[0], rows.InputCount, rows.OutputCount, T);
        BlockFormula formula = new(config, weights.Blocks[0], rows);

        block.Load(parameters, forTraining: true);
        block.Forward(parameters, rows, stream, keep: null);
        block.Backward(parameters, rows, stream, keep: null, dOut, dx, gradient, new BackwardScratch(config, trie.MaxNodes, V));

        double[] x64 = CentralDifferences.ToDouble(x), parameters64 = CentralDifferences.ToDouble(parameters);
        CentralDifferences.AssertClose(formula.Output(parameters64, x64), Sample.RowMajor(block.Output), Bound, "output");
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(formula.Output(parameters64, at), projection), x), Sample.RowMajor(dx), Bound, "dx");
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(formula.Output(at, x64), projection), parameters), gradient, Bound, "gradient");
    }

    /// <summary>The docstring of <see cref="TransformerBlock"/> in double.</summary>
    private sealed class BlockFormula(TransformerConfig config, BlockWeights weights, BlockRows rows)
    {
        private readonly int _d = config.DModel;

        public double[] Output(double[] parameters, double[] x)
        {
            bool pre = config.Norm == NormPlacement.Pre, post = config.Norm == NormPlacement.Post;
            double[] own = [.. Enumerable.Range(0, rows.OutputCount).SelectMany(row => x[(rows.Own[row] * _d)..((rows.Own[row] + 1) * _d)])];
            double[] mid = Sum(own, Attention(parameters, pre ? Norm(parameters, weights.Norm1!, x) : x));
            mid = post ? Norm(parameters, weights.Norm1!, mid) : mid;
            double[] sum = Sum(mid, Mlp(parameters, pre ? Norm(parameters, weights.Norm2!, mid) : mid));
            return post ? Norm(parameters, weights.Norm2!, sum) : sum;
        }

        private static double[] Sum(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];

        private static double[] Linear(double[] parameters, LinearWeights linear, double[] x)
        {
            (int inputs, int outputs) = (linear.Weight.Rows, linear.Weight.Columns);
            double[] y = new double[x.Length / inputs * outputs];
            for (int i = 0; i < y.Length; i++)
            {
                (int row, int column) = (i / outputs, i % outputs);
                y[i] = parameters[linear.Bias!.Offset + column];
                for (int k = 0; k < inputs; k++)
                {
                    y[i] += x[(row * inputs) + k] * parameters[linear.Weight.Offset + (k * outputs) + column];
                }
            }

            return y;
        }

        private double[] Norm(double[] parameters, NormWeights norm, double[] x)
        {
            double[] y = new double[x.Length];
            for (int row = 0; row < x.Length; row += _d)
            {
                ArraySegment<double> values = new(x, row, _d);
                double mean = values.Average(), variance = values.Average(value => (value - mean) * (value - mean));
                for (int i = 0; i < _d; i++)
                {
                    double normalised = (values[i] - mean) / Math.Sqrt(variance + 1e-5);
                    y[row + i] = (normalised * parameters[norm.Gain.Offset + i]) + parameters[norm.Bias.Offset + i];
                }
            }

            return y;
        }

        private double[] Attention(double[] parameters, double[] x)
        {
            double[] q = Linear(parameters, weights.Query, x), k = Linear(parameters, weights.Key, x), v = Linear(parameters, weights.Value, x);
            double[] z = new double[rows.OutputCount * _d];
            for (int row = 0; row < rows.OutputCount; row++)
            {
                int[] keys = rows.Attention.Keys.AsSpan(row * T, rows.Attention.KeyCount[row]).ToArray();
                for (int first = 0; first < _d; first += config.DHead)
                {
                    double[] shares = new double[keys.Length];
                    for (int s = 0; s < keys.Length; s++)
                    {
                        double score = 0;
                        for (int i = first; i < first + config.DHead; i++)
                        {
                            score += q[(rows.Own[row] * _d) + i] * k[(keys[s] * _d) + i];
                        }

                        shares[s] = Math.Exp(score / Math.Sqrt(config.DHead));
                    }

                    double sum = shares.Sum();
                    for (int i = first; i < first + config.DHead; i++)
                    {
                        for (int s = 0; s < keys.Length; s++)
                        {
                            z[(row * _d) + i] += shares[s] / sum * v[(keys[s] * _d) + i];
                        }
                    }
                }
            }

            return Linear(parameters, weights.Output, z);
        }

        private double[] Mlp(double[] parameters, double[] x)
        {
            double[] hidden = [.. Linear(parameters, weights.MlpIn, x).Select(Activate)];
            return Linear(parameters, weights.MlpOut, hidden);
        }

        private double Activate(double x) => config.Activation switch
        {
            ActivationKind.Relu => Math.Max(x, 0),
            ActivationKind.Gelu => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
            ActivationKind.Tanh => Math.Tanh(x),
            _ => x * x,
        };
    }
}
