using Grokking.Models;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Models;

/// <summary>
/// The MLP by its definition, in double: every token a one-hot vector or the task's own, every map a dense product, one example at a time. Nothing of it
/// is shared with the engine but the order of the tensors.
/// </summary>
internal sealed class PlainMlp(MlpConfig config, int vocabularySize, int length, PlainLoss loss)
{
    /// <summary>What each token stands for; with <see cref="MlpInput.Vectors"/> alone.</summary>
    public IReadOnlyList<float[]> Vectors { get; init; } = [];

    /// <summary>The weights of a readout that stays, and its bias where there is one.</summary>
    public double[] FrozenReadout { get; init; } = [];

    /// <summary>(P) the parameters that a network which starts at zero starts from.</summary>
    public double[] Start { get; init; } = [];

    /// <summary>The mean loss over all equations.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="tokens">(B, T).</param>
    /// <param name="targets">(B).</param>
    public double Loss(double[] parameters, int[] tokens, int[] targets)
    {
        double sum = 0;
        for (int b = 0; b < targets.Length; b++)
        {
            sum += loss.Of(Outputs(parameters, tokens.AsSpan(b * length, length)), targets[b]);
        }

        return sum / targets.Length;
    }

    /// <summary>The outputs for one example.</summary>
    public double[] Outputs(double[] parameters, ReadOnlySpan<int> tokens)
    {
        double[] outputs = Scaled(parameters, tokens);
        return config.StartsAtZero ? [.. outputs.Zip(Scaled(Start, tokens), (now, start) => now - start)] : outputs;
    }

    private double[] Scaled(double[] parameters, ReadOnlySpan<int> tokens)
    {
        // A readout that stays lies behind the parameters as one that is trained lies among them.
        double[] all = config.FrozenReadout ? [.. parameters, .. FrozenReadout] : parameters;
        int next = 0;
        double[] x = config.Input switch
        {
            MlpInput.Vectors => CentralDifferences.ToDouble(Vectors[tokens[0]]),
            MlpInput.OneHot => Inputs(tokens),
            _ => Embed(Inputs(tokens), Take),
        };
        for (int l = 0; l <= config.NLayers; l++)
        {
            int width = l < config.NLayers ? config.DHidden : loss.Width;
            double[] y = Product(x, Take(x.Length * width), width);
            if (config.Biases)
            {
                y = [.. y.Zip(Take(width), (sum, bias) => sum + bias)];
            }

            x = l < config.NLayers ? [.. y.Select(Activate)] : y;
        }

        Assert.Equal(all.Length, next);
        return [.. x.Select(output => config.ReadoutScale * output)];

        double[] Take(int count)
        {
            double[] tensor = all[next..(next + count)];
            next += count;
            return tensor;
        }
    }

    // (T·V) the one-hot vectors side by side.
    private double[] Inputs(ReadOnlySpan<int> tokens)
    {
        double[] x = new double[length * vocabularySize];
        for (int t = 0; t < length; t++)
        {
            x[(t * vocabularySize) + tokens[t]] = 1;
        }

        return x;
    }

    private double[] Embed(double[] oneHot, Func<int, double[]> take)
    {
        int d = config.DEmbed;
        double[][] positions = [.. oneHot.Chunk(vocabularySize)];
        if (config.Input == MlpInput.SeparateEmbeddings)
        {
            return [.. positions.SelectMany(position => Product(position, take(vocabularySize * d), d))];
        }

        double[] embedding = take(vocabularySize * d);
        return [.. positions.Select(position => Product(position, embedding, d)).Aggregate((sum, each) => [.. sum.Zip(each, (x, y) => x + y)])];
    }

    // x·W with W (in, columns) row-major.
    private static double[] Product(double[] x, double[] weight, int columns)
    {
        double[] y = new double[columns];
        for (int row = 0; row < x.Length; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                y[column] += x[row] * weight[(row * columns) + column];
            }
        }

        return y;
    }

    private double Activate(double x) => config.Activation switch
    {
        ActivationKind.Relu => Math.Max(x, 0),
        ActivationKind.Gelu => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        ActivationKind.Tanh => Math.Tanh(x),
        ActivationKind.LinearQuadratic => x + (config.Curvature / 2 * x * x),
        _ => x * x,
    };
}

/// <summary>A loss in double over one row of outputs.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Width">Outputs.</param>
/// <param name="Templates">A vector for each class under squared error; null is one-hot.</param>
internal sealed record PlainLoss(LossKind Kind, int Width, float[][]? Templates = null)
{
    public double Of(double[] outputs, int target) => Kind switch
    {
        LossKind.CrossEntropy or LossKind.FloatCrossEntropy => Math.Log(outputs.Sum(Math.Exp)) - outputs[target],
        LossKind.StableMax => Math.Log(outputs.Sum(Height) / Height(outputs[target])),
        _ => outputs.Select((x, v) => x - Wanted(v, target)).Average(difference => difference * difference),
    };

    private double Wanted(int v, int target) => Templates is null ? (v == target ? 1 : 0) : Templates[target][v];

    private static double Height(double x) => x >= 0 ? x + 1 : 1 / (1 - x);
}
