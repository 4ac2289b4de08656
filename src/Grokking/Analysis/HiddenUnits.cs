using Grokking.Models;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>
/// The hidden units of an MLP of one hidden layer. What a unit receives is a function of the left operand plus one of the right, and what it gives is
/// a function of the answer: <see cref="Left"/>, <see cref="Right"/> and <see cref="Answer"/>, each (elements, units).
/// </summary>
public sealed class HiddenUnits
{
    private readonly ParameterTensor _output; // (units, answers)
    private readonly float[] _parameters;

    private HiddenUnits(ParameterTensor output, float[] parameters, Matrix<double> left, Matrix<double> right)
    {
        _output = output;
        _parameters = parameters;
        Left = left;
        Right = right;
        Answer = Part(output, 0, output.Rows, parameters).Transpose();
    }

    /// <summary>Number of hidden units.</summary>
    public int Count => _output.Rows;

    /// <summary>What each element as the left operand adds to each unit.</summary>
    public Matrix<double> Left { get; }

    /// <summary>What each element as the right operand adds to each unit.</summary>
    public Matrix<double> Right { get; }

    /// <summary>What each unit adds to the output of each answer.</summary>
    public Matrix<double> Answer { get; }

    /// <summary>The hidden units of a trained model.</summary>
    /// <param name="experiment">The run; its MLP has one layer, and one-hot inputs or separate embeddings of <c>a b</c>.</param>
    /// <param name="layout">Where its weights lie.</param>
    /// <param name="parameters">(P) its weights.</param>
    /// <exception cref="ArgumentException">The model or the convention is another, or the weights are not of this layout.</exception>
    public static HiddenUnits Of(Experiment experiment, ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(layout);
        if (experiment is not
            {
                Convention: Tasks.SequenceConvention.Operands,
                Model: MlpConfig { NLayers: 1, Input: MlpInput.OneHot or MlpInput.SeparateEmbeddings, FrozenReadout: false } mlp,
            })
        {
            throw new ArgumentException(
                "experiment must train an MLP of one hidden layer on operands, one-hot or with an embedding for each, and its readout too.", nameof(experiment));
        }

        if (parameters.Length != layout.Count)
        {
            throw new ArgumentException($"parameters has {parameters.Length} values and the layout {layout.Count}.", nameof(parameters));
        }

        float[] weights = parameters.ToArray();
        ParameterTensor input = Named("W_in");
        int half = input.Rows / 2;
        Matrix<double> left = Part(input, 0, half, weights), right = Part(input, half, half, weights);
        if (mlp.Input == MlpInput.SeparateEmbeddings)
        {
            left = Whole("W_E.0") * left;
            right = Whole("W_E.1") * right;
        }

        return new HiddenUnits(Named("W_1"), weights, left, right);

        ParameterTensor Named(string name) => layout.Tensors.Single(tensor => string.Equals(tensor.Name, name, StringComparison.Ordinal));

        Matrix<double> Whole(string name) => Part(Named(name), 0, Named(name).Rows, weights);
    }

    /// <summary>The weights (P) with some units pruned: nothing goes out of them.</summary>
    public float[] Without(IEnumerable<int> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        float[] pruned = [.. _parameters];
        foreach (int unit in units)
        {
            _output.In(pruned.AsSpan()).Slice(unit * _output.Columns, _output.Columns).Clear();
        }

        return pruned;
    }

    private static Matrix<double> Part(ParameterTensor tensor, int first, int rows, float[] weights) =>
        Matrix<double>.Build.Dense(rows, tensor.Columns, (row, column) => weights[tensor.Offset + ((first + row) * tensor.Columns) + column]);
}
