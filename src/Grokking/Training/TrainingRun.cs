using Grokking.Curves;
using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>One experiment in the middle of its training on the CPU engine. Stepping allocates nothing.</summary>
public sealed class TrainingRun
{
    private readonly Experiment _experiment;
    private readonly TokenSequences _sequences;
    private readonly int[] _train;                 // equations that train
    private readonly EvaluationSet _trainSet;
    private readonly EvaluationSet _mirroredValSet;    // validation equations whose mirror trains (symmetric operations), else none
    private readonly EvaluationSet _mirrorFreeValSet;  // all other validation equations
    private readonly bool _symmetric;
    private readonly Batches _batches;
    private readonly Model _model;
    private readonly Optimizer _optimizer;
    private readonly float[] _parameters;
    private readonly float[] _gradient;
    private readonly float[] _noisy;               // parameters + weight noise
    private readonly int[] _tokens;
    private readonly int[] _targets;
    private readonly RandomStream _dropout;
    private readonly RandomStream _weightNoise;
    private readonly double _normAtStart;
    private bool _loaded;

    /// <summary>Prepares step 0.</summary>
    /// <param name="experiment">Validated here.</param>
    /// <exception cref="ArgumentException">A field of the experiment is outside its range.</exception>
    public TrainingRun(Experiment experiment)
    {
        experiment.Validate();
        _experiment = experiment;
        ulong seed = experiment.Seed;
        var examples = ExampleSets.Of(experiment);
        Split split = examples.Split;
        _sequences = examples.Trained;
        _train = split.Train.ToArray();
        _symmetric = examples.IsSymmetric;
        _trainSet = new EvaluationSet(_sequences, EvaluationSet.Sample(split.Train, experiment.EvaluationSample, seed, "train"));
        int[] val = EvaluationSet.Sample(split.Val, experiment.EvaluationSample, seed, "val");
        HashSet<int> mirrorFree = [.. split.MirrorFreeVal];
        _mirroredValSet = new EvaluationSet(_sequences, [.. val.Where(equation => _symmetric && !mirrorFree.Contains(equation))]);
        _mirrorFreeValSet = new EvaluationSet(_sequences, [.. val.Where(equation => !_symmetric || mirrorFree.Contains(equation))]);

        _batches = new Batches(experiment.Batches, _train.Length, experiment.BatchSize, seed);
        _model = experiment.Model.Create(_sequences, AnswerLoss.Of(experiment, _sequences), _batches.MaxCount);
        _parameters = new float[_model.Layout.Count];
        _gradient = new float[_parameters.Length];
        _noisy = experiment.WeightNoise > 0 ? new float[_parameters.Length] : [];
        _tokens = new int[_batches.MaxCount * _sequences.Length];
        _targets = new int[_batches.MaxCount * _sequences.ReadPositions.Length];
        _dropout = new RandomStream(seed, "dropout");
        _weightNoise = new RandomStream(seed, "weight noise");
        StartingWeights.Draw(experiment, _model, _parameters);
        _normAtStart = FlatNorm.Compute(_parameters);
        _optimizer = experiment.Optimizer.Start(_model.Layout, _parameters, seed);
    }

    /// <summary>Updates made so far.</summary>
    public int Step { get; private set; }

    /// <summary>Where each weight lies.</summary>
    public ParameterLayout Layout => _model.Layout;

    /// <summary>(P) the weights after <see cref="Step"/> updates.</summary>
    public ReadOnlyMemory<float> Parameters => _parameters;

    /// <summary>Makes one update.</summary>
    /// <returns>False if the loss or the gradient is NaN or infinite; the weights then stay as they were.</returns>
    public bool TryStep()
    {
        ReadOnlySpan<int> batch = _batches.At(Step);
        int T = _sequences.Length, R = _sequences.ReadPositions.Length;
        Span<int> tokens = _tokens.AsSpan(0, batch.Length * T), targets = _targets.AsSpan(0, batch.Length * R);
        for (int i = 0; i < batch.Length; i++)
        {
            _sequences.Tokens.Slice(_train[batch[i]] * T, T).CopyTo(tokens.Slice(i * T, T));
            _sequences.Targets.Slice(_train[batch[i]] * R, R).CopyTo(targets.Slice(i * R, R));
        }

        ReadOnlySpan<float> parameters = _parameters;
        if (_experiment.WeightNoise > 0)
        {
            // One draw for the whole batch, in training only; the gradient at the noisy weights moves the clean ones (openai/grok).
            _parameters.CopyTo(_noisy, 0);
            _weightNoise.Restart((ulong)Step);
            _weightNoise.AddNormal(_noisy, (float)_experiment.WeightNoise);
            parameters = _noisy;
            _loaded = false;
        }

        Load(parameters);
        _dropout.Restart((ulong)Step);
        _model.DrawDropout(_dropout, batch.Length);
        Scores scores = _model.LossAndGradient(parameters, tokens, targets, _gradient);
        if (_experiment.OrthogonalGradient)
        {
            GradientProjection.MakeOrthogonal(_model.Layout, parameters, _gradient);
        }

        bool finite = _experiment.ClipNorm is { } maxNorm
            ? double.IsFinite(GradientClipping.Clip(_gradient, maxNorm))
            : FlatNorm.IsFinite(_gradient);
        if (!double.IsFinite(scores.Loss) || !finite)
        {
            return false;
        }

        _optimizer.Update(_parameters, _gradient, _experiment.Schedule.Rate(_experiment.Optimizer.LearningRate, Step), Step);
        if (_experiment.ConstantNorm)
        {
            FlatScale.Apply(_parameters, (float)(_normAtStart / FlatNorm.Compute(_parameters)));
        }

        _loaded = false;
        Step++;
        return true;
    }

    /// <summary>Scores the current weights, without dropout and weight noise.</summary>
    public CurvePoint Evaluate()
    {
        Load(_parameters);
        Scores train = _trainSet.Score(_model, _parameters);
        Scores mirrored = _mirroredValSet.Score(_model, _parameters);
        Scores mirrorFree = _mirrorFreeValSet.Score(_model, _parameters);
        double valCount = _mirroredValSet.Count + _mirrorFreeValSet.Count;
        double valLoss = (Total(mirrored, _mirroredValSet) + Total(mirrorFree, _mirrorFreeValSet)) / valCount;
        return new CurvePoint(
            Step,
            train.Loss,
            train.Correct / (double)_trainSet.Count,
            valLoss,
            (mirrored.Correct + mirrorFree.Correct) / valCount,
            _symmetric && _mirrorFreeValSet.Count > 0 ? mirrorFree.Correct / (double)_mirrorFreeValSet.Count : null,
            FlatNorm.Compute(_parameters));

        static double Total(Scores scores, EvaluationSet set) => set.Count == 0 ? 0 : scores.Loss * set.Count;
    }

    /// <summary>Copies of the weights and of the optimiser's buffers: all that the next update depends on besides experiment and step.</summary>
    public IReadOnlyList<NamedTensor> CopyTensors() => [.. Places().Select(place => new NamedTensor(place.Name, place.Shape, place.Values.ToArray()))];

    /// <summary>Goes to where another run of the same experiment was. On an exception this run is as it was before.</summary>
    /// <param name="step">Updates that run had made, 0 to the budget.</param>
    /// <param name="tensors">Its <see cref="CopyTensors"/>, in any order.</param>
    /// <exception cref="CheckpointMismatchException">The step is outside the budget, or a tensor is missing, unknown, twice there or misshapen.</exception>
    public void Restore(int step, IReadOnlyList<NamedTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (step < 0 || step > _experiment.Steps)
        {
            throw new CheckpointMismatchException("step", FormattableString.Invariant($"is {step} but must be 0 to {_experiment.Steps}"));
        }

        IReadOnlyList<(ReadOnlyMemory<float> From, Memory<float> To)> copies = CheckpointFit.Match(tensors, Places());
        foreach ((ReadOnlyMemory<float> from, Memory<float> to) in copies)
        {
            from.CopyTo(to);
        }

        Step = step;
        _loaded = false;
    }

    private IReadOnlyList<TensorPlace> Places() => TensorPlace.Of(_model.Layout, _parameters, _optimizer.State);

    private void Load(ReadOnlySpan<float> parameters)
    {
        if (!_loaded)
        {
            _model.Load(parameters, forTraining: true);
            _loaded = true;
        }
    }
}
