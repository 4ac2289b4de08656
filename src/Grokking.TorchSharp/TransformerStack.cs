using Grokking.Models;
using Grokking.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// The forward pass of R transformers: the same function as <see cref="Transformer"/>. R runs, B sequences of T tokens, d = d_model.
/// </summary>
/// <remarks>
/// Of the sequences' first s tokens there may be a table, (R, n, s) for n beginnings: then the blocks carry (R, n, s, d) for the table and
/// (R, B, T − s, d) for the batch, whose queries read the table's keys and values by the places of their beginnings. With s = 0 there is no table,
/// and this is the plain forward pass that the other one is tested against.
/// </remarks>
internal sealed class TransformerStack : StackedModel
{
    private readonly TransformerConfig _config;
    private readonly TransformerWeights _weights;
    private readonly BackwardPass _backward;
    private readonly int _length;
    private readonly int _prefixLength;      // s
    private readonly Tensor? _sinusoids;     // (1, 1, T, d)
    private readonly Tensor _readPositions;  // (reads) counted from position s
    private readonly Tensor _future;         // (T, T) true where the key lies after the query

    /// <summary>Makes the constants of the architecture.</summary>
    /// <param name="config">The model; validated.</param>
    /// <param name="vocabularySize">V, ≥ 2.</param>
    /// <param name="length">T, tokens per sequence, ≥ 1.</param>
    /// <param name="readPositions">The positions whose next token is scored, in [0, T).</param>
    /// <param name="device">Where weights and tokens lie.</param>
    /// <param name="prefixLength">s, 0 to the first read position.</param>
    /// <param name="backward">Where gradients come from.</param>
    public TransformerStack(
        TransformerConfig config,
        int vocabularySize,
        int length,
        IReadOnlyList<int> readPositions,
        Device device,
        int prefixLength = 0,
        BackwardPass backward = BackwardPass.Autograd)
    {
        _config = config;
        _backward = backward;
        _length = length;
        _prefixLength = prefixLength;
        _weights = new TransformerWeights(config, vocabularySize, length);
        using DisposeScope scope = NewDisposeScope();
        _sinusoids = config.Positions == PositionKind.Sinusoidal ? Sinusoids(length, config.DModel).to(device).DetachFromDisposeScope() : null;
        _readPositions = tensor(readPositions.Select(position => (long)(position - prefixLength)).ToArray()).to(device).DetachFromDisposeScope();
        _future = ones(length, length, dtype: ScalarType.Bool).triu(1).to(device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override ParameterLayout Layout => _weights.Layout;

    /// <inheritdoc/>
    /// <param name="parameters">(R, P).</param>
    /// <param name="tokens">(R, B, T) int64, or (R, B, 1 + T − s) the place of a sequence's beginning and the tokens after it.</param>
    /// <param name="constants">Of them the beginnings are read.</param>
    /// <param name="keep">
    /// One mask a block, (R, B, T, d) or in the last block (R, B, reads, d): the dropout factors of the MLP's outputs. Null for no dropout.
    /// </param>
    /// <returns>(R, B, reads, V) the logits.</returns>
    public override Tensor Outputs(Tensor parameters, Tensor tokens, StackedConstants constants, IReadOnlyList<Tensor>? keep = null) =>
        Forward(parameters, tokens, constants, keep).Logits;

    /// <inheritdoc/>
    public override (Tensor Losses, Tensor Gradient) LossAndGradient(StackedLoss loss, Tensor parameters, StackedBatch batch)
    {
        if (_backward == BackwardPass.Autograd)
        {
            return base.LossAndGradient(loss, parameters, batch);
        }

        TransformerPass pass;
        using (no_grad())
        {
            pass = Forward(parameters, batch.Tokens, batch.Constants, batch.Keep);
        }

        Tensor logits = pass.Logits.detach().requires_grad_();
        Tensor losses = loss.OfRuns(logits, batch);
        losses.sum().backward();
        using (no_grad())
        {
            return (losses.detach(), new TransformerBackward(_config, _weights, _readPositions, pass).Of(logits.grad!));
        }
    }

    /// <summary>(R, B, positions, d) becomes (R·B·H, positions, d_head).</summary>
    public static Tensor Heads(TransformerConfig config, Tensor x)
    {
        long R = x.shape[0], B = x.shape[1], positions = x.shape[2];
        return x.view(R, B, positions, config.NHeads, config.DHead).transpose(2, 3).reshape(R * B * config.NHeads, positions, config.DHead);
    }

    /// <summary>(R·B·H, positions, d_head) becomes (R, B, positions, d): undoes <see cref="Heads"/>.</summary>
    public static Tensor Joined(TransformerConfig config, Tensor heads, long R, long B)
    {
        long positions = heads.shape[1];
        return heads.view(R, B, config.NHeads, positions, config.DHead).transpose(2, 3).reshape(R, B, positions, config.DModel);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sinusoids?.Dispose();
        _readPositions.Dispose();
        _future.Dispose();
        base.Dispose();
    }

    private static Tensor Sinusoids(int length, int width)
    {
        float[] table = new float[length * width];
        for (int t = 0; t < length; t++)
        {
            SinusoidalPositions.Fill(table.AsSpan(t * width, width), t);
        }

        return tensor(table, [1L, 1L, length, width]);
    }

    private TransformerPass Forward(Tensor parameters, Tensor tokens, StackedConstants constants, IReadOnlyList<Tensor>? keep)
    {
        var weights = new StackedWeights(Layout, parameters);
        Tensor? prefix = null, places = null;
        Tensor own = tokens;
        if (_prefixLength > 0)
        {
            prefix = Embed(weights, constants.Prefixes!, first: 0);
            places = tokens.select(2L, 0);
            own = tokens.narrow(2L, 1, _length - _prefixLength);
        }

        Tensor x = Embed(weights, own, first: _prefixLength);
        List<BlockPass> blocks = [];
        for (int l = 0; l < _weights.Blocks.Count; l++)
        {
            BlockPass pass = Block(weights, _weights.Blocks[l], x, prefix, places, keep?[l], isLast: l == _weights.Blocks.Count - 1);
            blocks.Add(pass);
            (x, prefix) = (pass.Rows.Out, pass.PrefixRows?.Out);
        }

        Tensor headIn = _config.FinalNorm ? Normalize(weights, _weights.FinalNorm, x) : x;
        return new TransformerPass(weights, constants.Prefixes, places, own, blocks, headIn, Map(weights, _weights.Unembedding, headIn));
    }

    // y = x·W + b over the last dimension of (R, B, positions, in), every run with its own W.
    private static Tensor Map(StackedWeights weights, LinearWeights linear, Tensor x)
    {
        long R = x.shape[0], B = x.shape[1], positions = x.shape[2];
        Tensor y = x.reshape(R, B * positions, linear.Weight.Rows).bmm(weights.Matrix(linear.Weight));
        if (linear.Bias is not null)
        {
            y = y.Plus(weights.Vector(linear.Bias));
        }

        return y.view(R, B, positions, linear.Weight.Columns);
    }

    private static Tensor Normalize(StackedWeights weights, NormWeights? affine, Tensor x)
    {
        Tensor normalized = nn.functional.layer_norm(x, [x.shape[3]], eps: LayerNorm.Epsilon);

        // (R, 1, d) becomes (R, 1, 1, d).
        return affine is null
            ? normalized
            : weights.Vector(affine.Bias).unsqueeze(1).PlusProduct(normalized, weights.Vector(affine.Gain).unsqueeze(1));
    }

    // (R, ·, count) tokens at the positions from the first on: (R, ·, count, d).
    private Tensor Embed(StackedWeights weights, Tensor tokens, int first)
    {
        long count = tokens.shape[2];
        Tensor positions = _weights.PositionEmbedding is null
            ? _sinusoids!.narrow(2L, first, count)
            : weights.Matrix(_weights.PositionEmbedding).narrow(1L, first, count).unsqueeze(1);
        return weights.Gather(_weights.TokenEmbedding, tokens).Plus(positions);
    }

    // x (R, B, T − s, d) of the batch, prefix (R, n, s, d) of the table; the last block has no use for what comes out of the table.
    private BlockPass Block(StackedWeights weights, BlockWeights block, Tensor x, Tensor? prefix, Tensor? places, Tensor? keep, bool isLast)
    {
        int s = _prefixLength;
        Tensor attnIn = AttentionInput(weights, block, x), future = _future.narrow(0L, s, _length - s);
        Tensor keys = Map(weights, block.Key, attnIn), values = Map(weights, block.Value, attnIn);
        Tensor? prefixIn = null;
        RowsPass? prefixRows = null;
        if (prefix is not null)
        {
            prefixIn = AttentionInput(weights, block, prefix);
            Tensor prefixKeys = Map(weights, block.Key, prefixIn), prefixValues = Map(weights, block.Value, prefixIn);
            keys = cat([OfPlaces(prefixKeys, places!), keys], 2L);
            values = cat([OfPlaces(prefixValues, places!), values], 2L);
            prefixRows = isLast
                ? null
                : Continue(weights, block, prefix, prefixIn, prefixKeys, prefixValues, _future.narrow(0L, 0, s).narrow(1L, 0, s), keep: null);
        }

        // What comes out of the last block is read at some positions only, and only they need a query and an MLP.
        Tensor residPre = isLast ? x.index_select(2L, _readPositions) : x;
        Tensor queryIn = isLast ? attnIn.index_select(2L, _readPositions) : attnIn;
        Tensor queryFuture = isLast ? future.index_select(0L, _readPositions) : future;
        RowsPass rows = Continue(weights, block, residPre, queryIn, keys, values, queryFuture, keep);
        return new BlockPass(x, attnIn, rows, prefix, prefixIn, prefixRows);
    }

    private Tensor AttentionInput(StackedWeights weights, BlockWeights block, Tensor x) =>
        _config.Norm == NormPlacement.Pre ? Normalize(weights, block.Norm1, x) : x;

    // (R, n, s, d) by places (R, B): (R, B, s, d).
    private static Tensor OfPlaces(Tensor table, Tensor places) =>
        StackedWeights.Gather(table.flatten(2, 3), places).view(places.shape[0], places.shape[1], table.shape[2], table.shape[3]);

    // Post: x ← LN₁(x + Attn(x)), x ← LN₂(x + MLP(x)). Pre: x ← x + Attn(LN₁(x)), x ← x + MLP(LN₂(x)). None: the same without norms.
    // residPre and queryIn (R, B, queries, d), keys and values (R, B, T, d), future (queries, T); the result is shaped like residPre.
    private RowsPass Continue(
        StackedWeights weights, BlockWeights block, Tensor residPre, Tensor queryIn, Tensor keys, Tensor values, Tensor future, Tensor? keep)
    {
        bool pre = _config.Norm == NormPlacement.Pre, post = _config.Norm == NormPlacement.Post;
        HeadsPass heads = Attend(Map(weights, block.Query, queryIn), keys, values, future);
        Tensor z = Joined(_config, heads.Z, queryIn.shape[0], queryIn.shape[1]);
        Tensor residMid = residPre.Plus(Map(weights, block.Output, z));
        Tensor stream = post ? Normalize(weights, block.Norm1, residMid) : residMid;
        Tensor mlpIn = pre ? Normalize(weights, block.Norm2, residMid) : stream;
        Tensor hidden = Map(weights, block.MlpIn, mlpIn), active = Activate(_config.Activation, hidden);
        Tensor mlpOut = Map(weights, block.MlpOut, active);
        Tensor residPost = stream.Plus(keep is null ? mlpOut : mlpOut * keep);
        Tensor x = post ? Normalize(weights, block.Norm2, residPost) : residPost;
        return new RowsPass(queryIn, heads, z, residMid, mlpIn, hidden, active, keep, residPost, x);
    }

    private HeadsPass Attend(Tensor queries, Tensor keys, Tensor values, Tensor future)
    {
        Tensor q = Heads(_config, queries), k = Heads(_config, keys), v = Heads(_config, values);
        Tensor scores = q.bmm(k.transpose(1, 2)).Times(1 / MathF.Sqrt(_config.DHead));
        Tensor pattern = scores.masked_fill(future, Held.Real(double.NegativeInfinity)).softmax(2);
        return new HeadsPass(q, k, v, pattern, pattern.bmm(v));
    }
}
