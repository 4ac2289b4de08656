using Grokking.Curves;
using Grokking.Models;
using Grokking.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// Runs of one shape in the middle of their training, one row of every tensor a run. Runs join and leave between steps and may stand at different
/// steps. Inside a step only what the host draws for it waits for the device: dropout masks, noise on weights or updates. To be used from one thread.
/// </summary>
/// <remarks>
/// The loss is a sum over the runs, so a run's gradient is that of its own loss. Forward pass, gradient and update are float32; logits become double
/// before the loss, as on the CPU engine, and the norms of gradients and weights are double.
/// </remarks>
internal sealed class Ensemble : IDisposable
{
    private const int Sets = 3;
    private const int ResultColumns = (2 * Sets) + 2;
    private const int FirstState = 12;

    private readonly EnsembleShape _shape;
    private readonly Device _device;
    private readonly StackedModel _model;
    private readonly StackedLoss _loss;
    private readonly UpdateRule _rule;
    private readonly bool _hasUpdateNoise;
    private readonly bool _hasInitial;
    private readonly Tensor _moving;            // (1, columns) which columns move parameters
    private readonly int _length;
    private readonly int _width;                // numbers that stand for an example
    private readonly int _reads;
    private readonly List<EnsembleRun> _runs = [];
    private Tensor?[] _rows = [];               // what there is of each run, in the order of the properties below; null what its shape does not have

    /// <summary>An ensemble without runs.</summary>
    /// <param name="example">A run of the shape; it does not join.</param>
    /// <param name="device">Where it trains.</param>
    /// <param name="backward">Where gradients come from.</param>
    public Ensemble(EnsembleRun example, Device device, BackwardPass backward = BackwardPass.Autograd)
    {
        _shape = example.Shape;
        _device = device;
        _length = example.Length;
        _width = example.Prefixes.Width;
        _reads = example.ReadPositions.Count;
        _model = StackedModel.Of(example, device, backward);
        _loss = new StackedLoss(_shape.Loss, _shape.RightBelow);
        _rule = UpdateRule.Of(_shape.Rule, _model.Layout);
        (_hasUpdateNoise, _hasInitial) = UpdateRule.Needs(_shape.Rule);
        using DisposeScope scope = NewDisposeScope();
        bool[] moving = [.. Enumerable.Range(0, _rule.ColumnCount).Select(column => _rule.MovingColumns.Contains(column))];
        _moving = tensor(moving, [1L, _rule.ColumnCount]).to(device).DetachFromDisposeScope();
    }

    /// <summary>The runs, in the order of the rows.</summary>
    public IReadOnlyList<EnsembleRun> Runs => _runs;

    /// <summary>Steps that can be made before a run is due for evaluation, 0 if one is now.</summary>
    public int StepsToEvaluation => _runs.Min(run => (run.NextEvaluation ?? run.Step) - run.Step);

    private Tensor Parameters => _rows[0]!;            // (R, P)

    private Tensor Alive => _rows[1]!;                 // (R) bool: every loss and gradient so far was finite

    private Tensor EvaluationTokens => _rows[2]!;      // (R, E, width) int64

    private Tensor EvaluationTargets => _rows[3]!;     // (R, E, reads) int64

    private Tensor EvaluationMembership => _rows[4]!;  // (R, E, sets) double

    private Tensor NormsAtStart => _rows[5]!;          // (R) double

    private Tensor? Initial => _rows[6];               // (R, P) where an update pulls there

    private StackedConstants Constants => new(_rows[7], _rows[8], _rows[9], _rows[10], _rows[11]);

    private IReadOnlyList<Tensor> State => [.. _rows[FirstState..].Select(rows => rows!)];

    /// <summary>Adds runs of the shape.</summary>
    /// <param name="joining">Each with its numbers at its step, and where its parameters began.</param>
    public void Join(IReadOnlyList<(EnsembleRun Run, RunBuffers Buffers, float[] Initial)> joining)
    {
        using DisposeScope scope = NewDisposeScope();
        long R = joining.Count, E = _shape.EvaluationRows;
        int[] tokens = new int[R * E * _width], targets = new int[R * E * _reads];
        double[] membership = new double[R * E * Sets];
        for (int r = 0; r < joining.Count; r++)
        {
            joining[r].Run.FillEvaluation(Row(tokens, r), Row(targets, r), Row(membership, r));
        }

        Tensor initial = Rows([.. joining.Select(run => run.Initial)]);
        StackedConstants constants = ConstantsOf([.. joining.Select(run => run.Run)], initial);
        Tensor?[] added =
        [
            Rows([.. joining.Select(run => run.Buffers.Parameters)]),
            ones(R, dtype: ScalarType.Bool, device: _device),
            tensor(tokens, [R, E, _width]).to(_device).to(ScalarType.Int64),
            tensor(targets, [R, E, _reads]).to(_device).to(ScalarType.Int64),
            tensor(membership, [R, E, Sets]).to(_device),
            tensor(joining.Select(run => FlatNorm.Compute(run.Initial)).ToArray()).to(_device),
            _hasInitial ? initial : null,
            constants.Prefixes,
            constants.Inputs,
            constants.Answers,
            constants.Readout,
            constants.StartOutputs,
            .. Enumerable.Range(0, _rule.StateNames.Count).Select(s => Rows([.. joining.Select(run => run.Buffers.State[s])])),
        ];
        Replace(_runs.Count == 0 ? added : [.. _rows.Zip(added, (rows, more) => rows is null ? null : cat([rows, more!], 0L))]);
        _runs.AddRange(joining.Select(run => run.Run));

        Span<T> Row<T>(T[] values, int r) => values.AsSpan((int)(r * (values.Length / R)), (int)(values.Length / R));
    }

    /// <summary>Drops runs; the others move together.</summary>
    public void Leave(IReadOnlyCollection<EnsembleRun> leaving)
    {
        long[] staying = [.. Enumerable.Range(0, _runs.Count).Where(r => !leaving.Contains(_runs[r])).Select(r => (long)r)];
        using DisposeScope scope = NewDisposeScope();
        Tensor places = tensor(staying).to(_device);
        Replace(staying.Length == 0 ? [] : [.. _rows.Select(rows => rows?.index_select(0L, places))]);
        _runs.RemoveAll(leaving.Contains);
    }

    /// <summary>Makes updates of all runs.</summary>
    /// <param name="steps">1 to <see cref="StepsToEvaluation"/>.</param>
    public void Advance(int steps)
    {
        using DisposeScope chunk = NewDisposeScope();
        int R = _runs.Count, B = _shape.MaxExamples;
        int[] tokens = new int[steps * R * B * _width], targets = new int[steps * R * B * _reads];
        float[] columns = new float[steps * R * _rule.ColumnCount];
        int[] counts = new int[steps * R];
        Parallel.For(0, R, r =>
        {
            for (int k = 0; k < steps; k++)
            {
                int at = (k * R) + r;
                counts[at] = _runs[r].FillBatch(
                    _runs[r].Step + k, Part(tokens, at, B * _width), Part(targets, at, B * _reads));
                _runs[r].FillColumns(_runs[r].Step + k, Part(columns, at, _rule.ColumnCount));
            }
        });

        // One transfer for all steps of the chunk: without dropout and noise the host does not wait for the device between them.
        Tensor allTokens = tensor(tokens, [steps, R, B, _width]).to(_device).to(ScalarType.Int64);
        Tensor allTargets = tensor(targets, [steps, R, B, _reads]).to(_device).to(ScalarType.Int64);
        Tensor allColumns = tensor(columns, [steps, R, _rule.ColumnCount]).to(_device);
        Tensor allWeights = ExampleWeights(tensor(counts, [steps, R, 1]).to(_device));
        Tensor maxNorms = tensor(_runs.Select(run => (float)(run.Experiment.ClipNorm ?? double.PositiveInfinity)).ToArray()).to(_device);
        for (int k = 0; k < steps; k++)
        {
            using DisposeScope step = NewDisposeScope();
            Update(
                new StackedBatch(
                    allTokens.select(0L, k),
                    allTargets.select(0L, k),
                    allWeights.select(0L, k),
                    DrawDropout(k, counts.AsSpan(k * R, R).ToArray()),
                    Constants),
                allColumns.select(0L, k),
                maxNorms,
                k);
        }

        foreach (EnsembleRun run in _runs)
        {
            run.Advance(steps);
        }
    }

    /// <summary>Scores runs at their current weights, without dropout and weight noise.</summary>
    /// <param name="runs">Runs of the ensemble.</param>
    /// <returns>The point of each, and whether every loss and gradient so far was finite.</returns>
    public IReadOnlyList<(CurvePoint Point, bool IsAlive)> Evaluate(IReadOnlyList<EnsembleRun> runs)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor places = tensor(runs.Select(run => (long)_runs.IndexOf(run)).ToArray()).to(_device);
        Tensor parameters = Parameters.index_select(0L, places), seen = _model.Seen(parameters);
        StackedConstants constants = Constants.Of(places);
        Tensor tokens = EvaluationTokens.index_select(0L, places), targets = EvaluationTargets.index_select(0L, places);
        List<Tensor> losses = [], right = [];
        for (long first = 0; first < _shape.EvaluationRows; first += _shape.MaxExamples)
        {
            using DisposeScope slice = NewDisposeScope();
            long count = Math.Min(_shape.MaxExamples, _shape.EvaluationRows - first);
            Tensor outputs = _model.Outputs(seen, tokens.narrow(1L, first, count), constants), answers = targets.narrow(1L, first, count);
            losses.Add(_loss.Rows(outputs, answers, constants.Answers).sum([2L]).MoveToOuterDisposeScope());
            right.Add(_loss.Right(outputs, answers, constants.Answers).all(2L).to(ScalarType.Float64).MoveToOuterDisposeScope());
        }

        // (2, E) by (E, sets), run by run: the sums over each set in a fixed order.
        Tensor scores = stack([cat(losses, 1L), cat(right, 1L)], 1L).bmm(EvaluationMembership.index_select(0L, places));
        Tensor norms = StackedGradient.Norms(parameters).unsqueeze(1L);
        Tensor alive = Alive.index_select(0L, places).to(ScalarType.Float64).unsqueeze(1L);
        double[] results = cat([scores.view(runs.Count, 2 * Sets), norms, alive], 1L).cpu().data<double>().ToArray();
        return
        [
            .. runs.Select((run, i) =>
            {
                ReadOnlySpan<double> row = results.AsSpan(i * ResultColumns, ResultColumns);
                return (run.Point(row[..Sets], row.Slice(Sets, Sets), row[2 * Sets]), row[^1] != 0);
            }),
        ];
    }

    /// <summary>Copies of a run's parameters and optimiser buffers.</summary>
    public RunBuffers Copy(EnsembleRun run)
    {
        using DisposeScope scope = NewDisposeScope();
        int r = _runs.IndexOf(run);
        return new RunBuffers(Host(Parameters), [.. State.Select(Host)]);

        float[] Host(Tensor rows) => rows.select(0L, r).cpu().data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor? rows in _rows)
        {
            rows?.Dispose();
        }

        _moving.Dispose();
        _model.Dispose();
    }

    private static Span<T> Part<T>(T[] values, int index, int length) => values.AsSpan(index * length, length);

    // (steps, R, 1) counts to (steps, R, B, 1) shares of the mean: 1/(count · reads) for an example, 0 for a row that fills up.
    private Tensor ExampleWeights(Tensor counts)
    {
        Tensor isExample = Held.Multiples(_shape.MaxExamples, 1, _device) < counts;
        return (isExample.to(ScalarType.Float64) / counts.to(ScalarType.Float64).Times(_reads)).unsqueeze(-1);
    }

    private void Update(StackedBatch batch, Tensor columns, Tensor maxNorms, int ahead)
    {
        Tensor seen = Parameters;
        if (_shape.HasWeightNoise)
        {
            seen = Parameters.Plus(Draw((run, noise) => run.DrawWeightNoise(run.Step + ahead, noise)));
        }

        (Tensor losses, Tensor gradient) = _model.LossAndGradient(_loss, seen, batch);
        using IDisposable noGradient = no_grad();
        if (_shape.OrthogonalGradient)
        {
            gradient = StackedGradient.MakeOrthogonal(_model.Layout, seen, gradient);
        }

        // A run whose loss or gradient is not finite stays as it was until it is found at its next evaluation; the others do not notice.
        Alive.logical_and_(losses.isfinite()).logical_and_(StackedGradient.IsFinite(gradient));
        if (_shape.IsClipped)
        {
            gradient = StackedGradient.Clip(gradient, maxNorms);
        }

        Tensor dead = Alive.logical_not().unsqueeze(1L);
        _rule.Apply(new UpdateOperands(
            Parameters,
            gradient.Filled(dead, 0),
            State,
            columns.Filled(dead.logical_and(_moving), 0),
            Initial,
            _hasUpdateNoise ? Draw((run, noise) => run.DrawUpdateNoise(run.Step + ahead, noise)) : null));
        if (_shape.ConstantNorm)
        {
            Tensor factors = (NormsAtStart / StackedGradient.Norms(Parameters)).to(ScalarType.Float32).unsqueeze(1L);
            Parameters.mul_(factors.Filled(dead, 1));
        }
    }

    // One mask a block; null without dropout.
    private Tensor[]? DrawDropout(int ahead, int[] counts)
    {
        if (_shape.Model is not TransformerConfig { Dropout: > 0 } config)
        {
            return null;
        }

        int R = _runs.Count, B = _shape.MaxExamples, d = config.DModel, layers = config.NLayers;
        int[] positions = [.. Enumerable.Range(0, layers).Select(l => l == layers - 1 ? _reads : _length)];
        float[][] masks = [.. positions.Select(count => new float[R * B * count * d])];
        Parallel.For(0, R, r => _runs[r].DrawDropout(
            _runs[r].Step + ahead,
            counts[r],
            [.. masks.Select((mask, l) => mask.AsMemory(r * B * positions[l] * d, B * positions[l] * d))],
            config));
        return [.. masks.Select((mask, l) => tensor(mask, [R, B, positions[l], d]).to(_device))];
    }

    // (R, P) drawn on the host from each run's own stream.
    private Tensor Draw(NoiseSource source)
    {
        int P = _model.Layout.Count;
        float[] noise = new float[_runs.Count * P];
        Parallel.For(0, _runs.Count, r => source(_runs[r], noise.AsSpan(r * P, P)));
        return tensor(noise, [_runs.Count, P]).to(_device);
    }

    private Tensor Rows(float[][] rows) => stack([.. rows.Select(row => tensor(row))], 0L).to(_device);

    private Tensor Matrices(IEnumerable<Matrix> matrices) => stack([.. matrices.Select(matrix =>
    {
        float[] elements = new float[matrix.Rows * matrix.Columns];
        matrix.CopyTo(elements);
        return tensor(elements, [matrix.Rows, matrix.Columns]);
    })], 0L).to(_device);

    // initial is (R, P), where their parameters began.
    private StackedConstants ConstantsOf(IReadOnlyList<EnsembleRun> runs, Tensor initial)
    {
        int s = _shape.PrefixLength, n = _shape.Prefixes;
        var constants = new StackedConstants(
            s == 0 ? null : stack([.. runs.Select(run => tensor(run.Prefixes.Table.ToArray(), [n, s]))], 0L).to(_device).to(ScalarType.Int64),
            _shape.InputWidth is null ? null : Matrices(runs.Select(run => run.Inputs!)),
            _shape.AnswerWidth is null ? null : Matrices(runs.Select(run => run.DrawAnswers()!)),
            _shape.Model is MlpConfig { FrozenReadout: true } ? Rows([.. runs.Select(run => run.DrawReadout())]) : null,
            StartOutputs: null);
        if (_shape.Model is not MlpConfig { StartsAtZero: true })
        {
            return constants;
        }

        using IDisposable noGradient = no_grad();
        Tensor everyToken = Held.Multiples(_shape.InputTokens, 1, _device).view(1, -1, 1).expand(runs.Count, -1, -1);
        return constants with { StartOutputs = _model.Outputs(_model.Seen(initial), everyToken, constants).squeeze(2L) };
    }

    private void Replace(IReadOnlyList<Tensor?> rows)
    {
        foreach (Tensor? old in _rows)
        {
            old?.Dispose();
        }

        _rows = [.. rows.Select(tensor => tensor?.DetachFromDisposeScope())];
    }

    private delegate void NoiseSource(EnsembleRun run, Span<float> noise);
}

/// <summary>One batch of each of R runs.</summary>
/// <param name="Tokens">(R, B, width) int64; see <see cref="SharedPrefixes.Width"/>.</param>
/// <param name="Targets">(R, B, reads) int64.</param>
/// <param name="Weights">(R, B, 1) double: what a row's loss counts in the loss of its run.</param>
/// <param name="Keep">The dropout factors; see <see cref="StackedModel.Outputs"/>.</param>
/// <param name="Constants">What the runs read besides.</param>
internal sealed record StackedBatch(Tensor Tokens, Tensor Targets, Tensor Weights, IReadOnlyList<Tensor>? Keep, StackedConstants Constants);
