using Grokking.Models;
using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>Which equations of an experiment are scored.</summary>
public enum ScoredEquations
{
    /// <summary>The training set as it trains, outliers with their wrong answers.</summary>
    Train,

    /// <summary>The outliers alone, with their wrong answers.</summary>
    Outliers,

    /// <summary>The validation set.</summary>
    Val,
}

/// <summary>Loss and accuracy of some equations.</summary>
/// <param name="Count">How many; where there are none, loss and accuracy are NaN.</param>
/// <param name="Loss">Mean loss over the scored tokens, in the unit of the experiment's loss.</param>
/// <param name="Accuracy">Share of the equations that are right, in [0, 1].</param>
public sealed record SurfaceScores(int Count, double Loss, double Accuracy);

/// <summary>
/// The loss of an experiment's model as a function of its weights, over whole sets: no dropout, no weight noise, no updates. What curves say about a
/// run along its path this says about any point. Not for several threads at once.
/// </summary>
public sealed class LossSurface
{
    private const int LargestPass = 512;

    private readonly EvaluationSet[] _sets; // one for each ScoredEquations
    private readonly Model _model;
    private readonly float[] _passGradient; // (P)

    /// <summary>Works out the experiment's equations and makes room for its model.</summary>
    /// <param name="experiment">Validated here. Its <see cref="Experiment.EvaluationSample"/> does not limit the sets.</param>
    /// <exception cref="ArgumentException">A field of the experiment is outside its range.</exception>
    public LossSurface(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        experiment.Validate();
        var examples = ExampleSets.Of(experiment);
        _sets =
        [
            new EvaluationSet(examples.Trained, examples.Split.Train),
            new EvaluationSet(examples.Trained, examples.Outliers),
            new EvaluationSet(examples.Truth, examples.Split.Val),
        ];
        TokenSequences truth = examples.Truth;
        _model = experiment.Model.WithoutDropout().Create(truth, AnswerLoss.Of(experiment, truth), Math.Min(truth.Count, LargestPass));
        _passGradient = new float[_model.Layout.Count];
        StartingWeights.Draw(experiment, _model, _passGradient);
    }

    /// <summary>Where each weight lies.</summary>
    public ParameterLayout Layout => _model.Layout;

    /// <summary>Scores some equations at these weights.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="equations">Which.</param>
    public SurfaceScores Score(ReadOnlySpan<float> parameters, ScoredEquations equations)
    {
        Require.OneOf(equations, nameof(equations));
        CheckLength(parameters.Length, nameof(parameters));
        EvaluationSet set = _sets[(int)equations];
        if (set.Count == 0)
        {
            return new SurfaceScores(0, double.NaN, double.NaN);
        }

        _model.Load(parameters, forTraining: false);
        Scores scores = set.Score(_model, parameters);
        return new SurfaceScores(set.Count, scores.Loss, scores.Correct / (double)set.Count);
    }

    /// <summary>The loss of each of some equations at these weights, in the order of the split.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="equations">Which.</param>
    /// <returns>(N), mean over an equation's scored tokens, in the unit of the experiment's loss.</returns>
    public double[] Losses(ReadOnlySpan<float> parameters, ScoredEquations equations)
    {
        Require.OneOf(equations, nameof(equations));
        CheckLength(parameters.Length, nameof(parameters));
        EvaluationSet set = _sets[(int)equations];
        _model.Load(parameters, forTraining: false);
        double[] losses = new double[set.Count];
        for (int i = 0; i < losses.Length; i++)
        {
            set.Slice(i, 1, out ReadOnlySpan<int> tokens, out ReadOnlySpan<int> targets);
            losses[i] = _model.Evaluate(parameters, tokens, targets).Loss;
        }

        return losses;
    }

    /// <summary>The loss of the whole training set at these weights, and its gradient.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="gradient">(P) overwritten.</param>
    /// <returns>That of <see cref="ScoredEquations.Train"/>, in the unit of the experiment's loss.</returns>
    public double TrainLossAndGradient(ReadOnlySpan<float> parameters, Span<float> gradient)
    {
        CheckLength(parameters.Length, nameof(parameters));
        CheckLength(gradient.Length, nameof(gradient));
        EvaluationSet set = _sets[(int)ScoredEquations.Train];
        _model.Load(parameters, forTraining: true);
        gradient.Clear();
        double loss = 0;
        for (int first = 0; first < set.Count; first += LargestPass)
        {
            int count = Math.Min(LargestPass, set.Count - first);
            set.Slice(first, count, out ReadOnlySpan<int> tokens, out ReadOnlySpan<int> targets);
            double weight = count / (double)set.Count;
            loss += weight * _model.LossAndGradient(parameters, tokens, targets, _passGradient).Loss;
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] = MathF.FusedMultiplyAdd((float)weight, _passGradient[i], gradient[i]);
            }
        }

        return loss;
    }

    private void CheckLength(int length, string name)
    {
        if (length != _model.Layout.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} has {length} values and the model {_model.Layout.Count}."), name);
        }
    }
}
