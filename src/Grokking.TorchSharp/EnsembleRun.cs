using Grokking.Curves;
using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.TorchSharp;

/// <summary>
/// One run of an ensemble as the host sees it: its equations, its batches, its random streams and its curve. The same streams as on the CPU engine, so
/// the two train the same experiment from the same weights in the same order.
/// </summary>
internal sealed class EnsembleRun
{
    private readonly TokenSequences _sequences;
    private readonly SharedPrefixes _prefixes;
    private readonly int[] _train;             // examples that train
    private readonly int[][] _sets;            // train; validation whose mirror trains (symmetric operations); all other validation
    private readonly bool _symmetric;
    private readonly Batches _batches;
    private readonly Model _host;              // lays out and draws the weights; room for one example
    private readonly Model _whole;             // the same with a readout that stays among the parameters
    private readonly RandomStream _dropout;
    private readonly RandomStream _weightNoise;
    private readonly RandomStream _updateNoise;
    private readonly UpdateRule _rule;
    private readonly List<CurvePoint> _points = [];

    /// <summary>Prepares step 0.</summary>
    /// <param name="experiment">Validated here.</param>
    /// <param name="sharesPrefixes">
    /// Whether equal beginnings of sequences are computed once where that is less work; else nowhere. The numbers are the same.
    /// </param>
    /// <exception cref="ArgumentException">A field of the experiment is outside its range.</exception>
    /// <exception cref="NotSupportedException">The experiment has something that this engine cannot train; the message names it.</exception>
    public EnsembleRun(Experiment experiment, bool sharesPrefixes = true)
    {
        experiment.Validate();
        StackedModel.Check(experiment);
        Experiment = experiment;
        ulong seed = experiment.Seed;
        var examples = ExampleSets.Of(experiment);
        Split split = examples.Split;
        _sequences = examples.Trained;
        _train = split.Train.ToArray();
        _symmetric = examples.IsSymmetric;
        int[] train = EvaluationSet.Sample(split.Train, experiment.EvaluationSample, seed, "train");
        int[] val = EvaluationSet.Sample(split.Val, experiment.EvaluationSample, seed, "val");
        HashSet<int> mirrorFree = [.. split.MirrorFreeVal];
        _sets =
        [
            train,
            [.. val.Where(equation => _symmetric && !mirrorFree.Contains(equation))],
            [.. val.Where(equation => !_symmetric || mirrorFree.Contains(equation))],
        ];
        _batches = new Batches(experiment.Batches, _train.Length, experiment.BatchSize, seed);

        // Dropout has a mask of its own for each example.
        bool mayShare = sharesPrefixes && experiment.Model is TransformerConfig { Dropout: 0 };
        _prefixes = SharedPrefixes.Of(_sequences.Tokens, _sequences.Length, mayShare ? _sequences.ReadPositions[0] : 0, _batches.MaxCount);
        OutputLoss loss = AnswerLoss.Of(experiment, _sequences);
        _host = experiment.Model.Create(_sequences, loss, maxExamples: 1);
        _whole = experiment.Model is MlpConfig { FrozenReadout: true } frozen
            ? (frozen with { FrozenReadout = false }).Create(_sequences, loss, maxExamples: 1)
            : _host;
        _rule = UpdateRule.Of(experiment.Optimizer, Layout);
        _dropout = new RandomStream(seed, "dropout");
        _weightNoise = new RandomStream(seed, "weight noise");
        _updateNoise = new RandomStream(seed, "update noise");
        Shape = new EnsembleShape(
            experiment.Model,
            experiment.Convention,
            _prefixes.Length,
            _prefixes.Count,
            _sequences.VocabularySize,
            _sequences.OutputSize,
            experiment.Loss,
            _sequences.InputVectors?.Columns,
            _sequences.TargetVectors?.Columns ?? experiment.TemplateWidth,
            (experiment.Task as VectorTask)?.RightBelow,
            UpdateRule.Structure(experiment.Optimizer),
            experiment.WeightNoise > 0,
            experiment.ClipNorm is not null,
            experiment.OrthogonalGradient,
            experiment.ConstantNorm,
            _batches.MaxCount,
            train.Length + val.Length);
    }

    /// <summary>What is trained.</summary>
    public Experiment Experiment { get; }

    /// <summary>Which ensembles it can join.</summary>
    public EnsembleShape Shape { get; }

    /// <summary>Where each weight lies.</summary>
    public ParameterLayout Layout => _host.Layout;

    /// <summary>Where each weight lies with those of a readout that stays as it was drawn: they come after the parameters.</summary>
    public ParameterLayout WholeLayout => _whole.Layout;

    /// <summary>(V, D) the vectors that the tokens stand for; null where they stand for none.</summary>
    public Matrix? Inputs => _sequences.InputVectors;

    /// <summary>T, tokens of one sequence.</summary>
    public int Length => _sequences.Length;

    /// <summary>The beginnings that its sequences share.</summary>
    public SharedPrefixes Prefixes => _prefixes;

    /// <summary>The positions whose next token is scored.</summary>
    public IReadOnlyList<int> ReadPositions => _sequences.ReadPositions.ToArray();

    /// <summary>Updates made so far.</summary>
    public int Step { get; private set; }

    /// <summary>The evaluations so far.</summary>
    public IReadOnlyList<CurvePoint> Points => _points;

    /// <summary>The step of the next evaluation; null when the budget is spent and evaluated.</summary>
    public int? NextEvaluation => EvaluationGrid.NextAfter(_points, Experiment);

    /// <summary>The weights training starts from and the optimiser's empty buffers.</summary>
    public RunBuffers Draw()
    {
        float[] parameters = new float[Layout.Count];
        StartingWeights.Draw(Experiment, _host, parameters);
        return new RunBuffers(parameters, [.. _rule.StateCounts(parameters.Length).Select(count => new float[count])]);
    }

    /// <summary>(answers, outputs) the vectors that the answers stand for; null where an answer is an output.</summary>
    public Matrix? DrawAnswers() =>
        _sequences.TargetVectors ?? (Shape.AnswerWidth is { } width ? AnswerLoss.Templates(_sequences.OutputSize, width, Experiment.Seed) : null);

    /// <summary>The weights of a readout that stays as it was drawn; none where the readout is trained.</summary>
    /// <remarks>A network that trains it draws the same: a tensor has its own stream. The scale of the start is that of the parameters alone.</remarks>
    public float[] DrawReadout()
    {
        float[] whole = new float[WholeLayout.Count];
        _whole.Initialize(Experiment.Seed, whole);
        return whole[Layout.Count..];
    }

    /// <summary>Goes to where another run of the same experiment was.</summary>
    /// <param name="checkpoint">Of a run on this engine.</param>
    /// <param name="buffers">Overwritten with what the checkpoint holds.</param>
    /// <exception cref="CheckpointMismatchException">The checkpoint does not fit; nothing has changed.</exception>
    public void Restore(Checkpoint checkpoint, RunBuffers buffers)
    {
        CheckpointFit.CheckPoints(checkpoint, Experiment);
        if (checkpoint.Step < 0 || checkpoint.Step > Experiment.Steps)
        {
            throw new CheckpointMismatchException("step", FormattableString.Invariant($"is {checkpoint.Step} but must be 0 to {Experiment.Steps}"));
        }

        foreach ((ReadOnlyMemory<float> from, Memory<float> to) in CheckpointFit.Match(checkpoint.Tensors, Places(buffers)))
        {
            from.CopyTo(to);
        }

        Step = checkpoint.Step;
        _points.Clear();
        _points.AddRange(checkpoint.Points);
    }

    /// <summary>All that the run needs to go on from here.</summary>
    /// <param name="buffers">Its numbers at <see cref="Step"/>; kept.</param>
    public Checkpoint Keep(RunBuffers buffers) => new(
        Step, [.. _points], [.. Places(buffers).Select(place => new NamedTensor(place.Name, place.Shape, place.Values))]);

    /// <summary>The examples of a step to come.</summary>
    /// <param name="step">Updates made before it.</param>
    /// <param name="tokens">(B, <see cref="SharedPrefixes.Width"/>) its first rows overwritten.</param>
    /// <param name="targets">(B, reads) the same.</param>
    /// <returns>Number of examples, 1 to B.</returns>
    public int FillBatch(int step, Span<int> tokens, Span<int> targets)
    {
        ReadOnlySpan<int> batch = _batches.At(step);
        for (int i = 0; i < batch.Length; i++)
        {
            CopyExample(_train[batch[i]], i, tokens, targets);
        }

        return batch.Length;
    }

    /// <summary>The numbers of the update rule for a step to come; see <see cref="UpdateRule.Fill"/>.</summary>
    public void FillColumns(int step, Span<float> columns) =>
        _rule.Fill(Experiment.Optimizer, Experiment.Schedule.Rate(Experiment.Optimizer.LearningRate, step), step, columns);

    /// <summary>The dropout factors of a step: one mask a block, in the order the CPU engine draws them.</summary>
    /// <param name="step">Updates made before it.</param>
    /// <param name="count">Examples of its batch.</param>
    /// <param name="masks">(B, T, d) each, in the last block (B, reads, d); the rows of the examples are overwritten.</param>
    /// <param name="config">The run's transformer.</param>
    public void DrawDropout(int step, int count, IReadOnlyList<Memory<float>> masks, TransformerConfig config)
    {
        int d = config.DModel, T = _sequences.Length, reads = _sequences.ReadPositions.Length;
        _dropout.Restart((ulong)step);
        for (int l = 0; l < masks.Count; l++)
        {
            // Drawn position by position, but in the last block example by example.
            bool isLast = l == masks.Count - 1;
            int rows = count * (isLast ? reads : T);
            for (int row = 0; row < rows; row++)
            {
                int place = isLast ? row : (row % count * T) + (row / count);
                _dropout.FillKeepMask(masks[l].Span.Slice(place * d, d), config.Dropout);
            }
        }
    }

    /// <summary>The noise on the weights in the passes of a step.</summary>
    /// <param name="step">Updates made before it.</param>
    /// <param name="noise">(P) overwritten.</param>
    public void DrawWeightNoise(int step, Span<float> noise)
    {
        noise.Clear();
        _weightNoise.Restart((ulong)step);
        _weightNoise.AddNormal(noise, (float)Experiment.WeightNoise);
    }

    /// <summary>The noise on the update of a step.</summary>
    /// <inheritdoc cref="DrawWeightNoise"/>
    public void DrawUpdateNoise(int step, Span<float> noise) => _rule.DrawNoise(Experiment.Optimizer, _updateNoise, step, noise);

    /// <summary>What is evaluated: the sets below each other.</summary>
    /// <param name="tokens">(E, <see cref="SharedPrefixes.Width"/>) overwritten.</param>
    /// <param name="targets">(E, reads) overwritten.</param>
    /// <param name="membership">(E, sets) overwritten: 1 in the column of a row's set, else 0.</param>
    public void FillEvaluation(Span<int> tokens, Span<int> targets, Span<double> membership)
    {
        membership.Clear();
        int row = 0;
        for (int s = 0; s < _sets.Length; s++)
        {
            foreach (int example in _sets[s])
            {
                CopyExample(example, row, tokens, targets);
                membership[(row * _sets.Length) + s] = 1;
                row++;
            }
        }
    }

    /// <summary>Counts updates that were made.</summary>
    public void Advance(int steps) => Step += steps;

    /// <summary>The curve's point at <see cref="Step"/>.</summary>
    /// <param name="losses">(sets) sums over the rows of each set.</param>
    /// <param name="correct">(sets) right rows of each set.</param>
    /// <param name="weightNorm">Euclidean norm of the parameters.</param>
    public CurvePoint Point(ReadOnlySpan<double> losses, ReadOnlySpan<double> correct, double weightNorm)
    {
        int reads = _sequences.ReadPositions.Length;
        double trainCount = _sets[0].Length, valCount = _sets[1].Length + _sets[2].Length;
        return new CurvePoint(
            Step,
            losses[0] / (trainCount * reads),
            correct[0] / trainCount,
            (losses[1] + losses[2]) / (valCount * reads),
            (correct[1] + correct[2]) / valCount,
            _symmetric && _sets[2].Length > 0 ? correct[2] / _sets[2].Length : null,
            weightNorm);
    }

    /// <summary>Adds a point to the curve unless the run has diverged; the first one in any case, as a curve has one.</summary>
    /// <param name="point">The evaluation at <see cref="Step"/>.</param>
    /// <param name="isAlive">Whether every loss and gradient so far was finite.</param>
    /// <returns>How the run has ended; null if it goes on.</returns>
    public RunOutcome? Record(CurvePoint point, bool isAlive)
    {
        bool diverged = !isAlive || !point.IsFinite;
        if (!diverged || _points.Count == 0)
        {
            _points.Add(point);
        }

        if (diverged)
        {
            return RunOutcome.Diverged;
        }

        if (point.IsGeneralized && Experiment.Stopping == StoppingRule.WhenGeneralized)
        {
            return RunOutcome.Generalized;
        }

        return Step == Experiment.Steps ? RunOutcome.BudgetSpent : null;
    }

    /// <summary>What the run leaves behind.</summary>
    /// <param name="outcome">How it has ended.</param>
    /// <param name="parameters">(P) its weights after the last step.</param>
    /// <param name="origin">Where it began.</param>
    public TrainedRun End(RunOutcome outcome, float[] parameters, RunOrigin origin) =>
        new(new LearningCurve([.. _points], Experiment.Steps, outcome), Layout, parameters) { Origin = origin };

    private void CopyExample(int example, int row, Span<int> tokens, Span<int> targets)
    {
        int width = _prefixes.Width, reads = _sequences.ReadPositions.Length;
        _prefixes.Inputs.Slice(example * width, width).CopyTo(tokens[(row * width)..]);
        _sequences.Targets.Slice(example * reads, reads).CopyTo(targets[(row * reads)..]);
    }

    private IReadOnlyList<TensorPlace> Places(RunBuffers buffers) =>
        TensorPlace.Of(Layout, buffers.Parameters, _rule.StateNames.Zip(buffers.State, static (name, values) => (name, values.AsMemory())));
}
