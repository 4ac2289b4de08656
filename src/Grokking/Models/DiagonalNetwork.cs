using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The diagonal linear network f(x) = Σ_i (u_i² − v_i²)·x_i over two classes with the logits 0 and f.</summary>
public sealed class DiagonalNetwork : Model
{
    private readonly Matrix _vectors;    // (V, D) of all examples
    private readonly OutputLoss _loss;
    private readonly ParameterLayout _layout = new();
    private readonly ParameterTensor _u;
    private readonly ParameterTensor _v;
    private readonly Matrix _slope;      // (1, D) u² − v²
    private readonly Matrix _dSlope;     // (1, D) its gradient
    private readonly Matrix _logits = new(1, 2);

    /// <summary>Room for one network.</summary>
    /// <param name="inputVectors">(V, D) what each token stands for.</param>
    /// <param name="loss">What is minimised, over two outputs.</param>
    public DiagonalNetwork(Matrix inputVectors, OutputLoss loss)
    {
        ArgumentNullException.ThrowIfNull(inputVectors);
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Width != _logits.Columns)
        {
            throw new ArgumentException(FormattableString.Invariant($"loss is over {loss.Width} outputs and must be over {_logits.Columns}."), nameof(loss));
        }

        _vectors = inputVectors;
        _loss = loss;
        _u = _layout.Add("u", inputVectors.Columns);
        _v = _layout.Add("v", inputVectors.Columns);
        _slope = new Matrix(1, inputVectors.Columns);
        _dSlope = new Matrix(1, inputVectors.Columns);
    }

    /// <inheritdoc/>
    public override ParameterLayout Layout => _layout;

    /// <inheritdoc/>
    /// <remarks>All are 1: nothing is drawn.</remarks>
    public override void Initialize(ulong seed, Span<float> parameters) => parameters.Fill(1);

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<float> parameters, bool forTraining)
    {
        ReadOnlySpan<float> u = _u.In(parameters), v = _v.In(parameters);
        Span<float> slope = _slope.Row(0);
        for (int i = 0; i < slope.Length; i++)
        {
            slope[i] = (u[i] * u[i]) - (v[i] * v[i]);
        }
    }

    /// <inheritdoc/>
    public override Scores Evaluate(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        double loss = 0;
        int correct = 0;
        for (int example = 0; example < targets.Length; example++)
        {
            Forward(tokens[example]);
            (double exampleLoss, bool right) = _loss.Forward(_logits, 0, targets[example]);
            loss += exampleLoss;
            correct += right ? 1 : 0;
        }

        return new Scores(loss / targets.Length, correct);
    }

    /// <inheritdoc/>
    public override Scores LossAndGradient(
        ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, Span<float> gradient)
    {
        double loss = 0, weight = 1.0 / targets.Length;
        int correct = 0;
        _dSlope.Clear(1);
        for (int example = 0; example < targets.Length; example++)
        {
            Forward(tokens[example]);
            (double exampleLoss, bool right) = _loss.ForwardBackward(_logits, 0, targets[example], weight);
            loss += exampleLoss;
            correct += right ? 1 : 0;
            RowSums.AddScaled(_logits.Row(0)[1], _vectors, tokens[example], _dSlope, 0);
        }

        ReadOnlySpan<float> u = _u.In(parameters), v = _v.In(parameters);
        Span<float> du = _u.In(gradient), dv = _v.In(gradient), dSlope = _dSlope.Row(0);
        for (int i = 0; i < dSlope.Length; i++)
        {
            du[i] = 2 * u[i] * dSlope[i];
            dv[i] = -2 * v[i] * dSlope[i];
        }

        return new Scores(loss * weight, correct);
    }

    private void Forward(int example)
    {
        Span<float> logits = _logits.Row(0);
        logits[0] = 0;
        logits[1] = Lanes.Dot(_slope, 0, _vectors, example);
    }
}
