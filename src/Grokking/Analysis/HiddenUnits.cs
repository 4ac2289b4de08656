using Grokking.Models;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>
/// The hidden units of an MLP with one-hot inputs and one hidden layer: each is a function of the left operand, one of the right and one of the answer.
/// A unit that adds residues has one Fourier frequency in all three (Gromov 2023; Doshi et al. 2023, §3).
/// </summary>
public sealed class HiddenUnits
{
    private readonly ParameterTensor _output; // (units, answers)
    private readonly float[] _parameters;
    private readonly Matrix<double>[] _functions; // (n, units) of the left operand, the right and the answer

    private HiddenUnits(ParameterTensor output, float[] parameters, Matrix<double>[] functions)
    {
        _output = output;
        _parameters = parameters;
        _functions = functions;
        InverseParticipationRatios = [.. Enumerable.Range(0, output.Rows).Select(unit => functions.Average(function => RatioOf(function, unit)))];
    }

    /// <summary>
    /// One a unit, in (0, 1]: the mean over its three functions of the inverse participation ratio of their Fourier spectra. 1 for three cosines, about
    /// 4/p for random weights; see <see cref="FourierSpectrum"/>.
    /// </summary>
    public IReadOnlyList<double> InverseParticipationRatios { get; }

    /// <summary>The units, the lowest ratio first.</summary>
    public IReadOnlyList<int> ByRatio =>
        [.. Enumerable.Range(0, _output.Rows).OrderBy(unit => InverseParticipationRatios[unit]).ThenBy(unit => unit)];

    /// <summary>The hidden units of a trained model.</summary>
    /// <param name="experiment">The run; its MLP has one-hot inputs and one layer.</param>
    /// <param name="layout">Where its weights lie.</param>
    /// <param name="parameters">(P) its weights.</param>
    /// <exception cref="ArgumentException">The model is another.</exception>
    public static HiddenUnits Of(Experiment experiment, ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(layout);
        if (experiment.Model is not MlpConfig { Input: MlpInput.OneHot, NLayers: 1 })
        {
            throw new ArgumentException("experiment must train an MLP of one hidden layer on one-hot inputs.", nameof(experiment));
        }

        int n = experiment.Operation.ElementCount;
        ParameterTensor input = Named(layout, "W_in"), output = Named(layout, "W_1");
        int vocabulary = output.Columns;
        float[] weights = parameters.ToArray();
        return new HiddenUnits(
            output,
            weights,
            [
                Matrix<double>.Build.Dense(n, input.Columns, (x, unit) => weights[input.Offset + (x * input.Columns) + unit]),
                Matrix<double>.Build.Dense(n, input.Columns, (y, unit) => weights[input.Offset + ((input.Rows - vocabulary + y) * input.Columns) + unit]),
                Matrix<double>.Build.Dense(n, input.Columns, (c, unit) => weights[output.Offset + (unit * output.Columns) + c]),
            ]);
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

    private static ParameterTensor Named(ParameterLayout layout, string name) =>
        layout.Tensors.Single(tensor => string.Equals(tensor.Name, name, StringComparison.Ordinal));

    private static double RatioOf(Matrix<double> function, int unit) =>
        FourierSpectrum.Of(function.SubMatrix(0, function.RowCount, unit, 1)).InverseParticipationRatio;
}
