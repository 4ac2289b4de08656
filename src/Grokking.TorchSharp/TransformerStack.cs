using Grokking.Models;
using Grokking.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// The forward pass of R transformers: the same function as <see cref="Transformer"/>, written without the sharing of prefixes. R runs, B sequences of T
/// tokens, d = d_model.
/// </summary>
internal sealed class TransformerStack : StackedModel
{
    private readonly TransformerConfig _config;
    private readonly TransformerWeights _weights;
    private readonly int _length;
    private readonly Tensor? _sinusoids;     // (1, 1, T, d)
    private readonly Tensor _readPositions;  // (reads)
    private readonly Tensor _future;         // (T, T) true where the key lies after the query

    /// <summary>Makes the constants of the architecture.</summary>
    /// <param name="config">The model; validated.</param>
    /// <param name="vocabularySize">V, ≥ 2.</param>
    /// <param name="length">T, tokens per sequence, ≥ 1.</param>
    /// <param name="readPositions">The positions whose next token is scored, in [0, T).</param>
    /// <param name="device">Where weights and tokens lie.</param>
    public TransformerStack(TransformerConfig config, int vocabularySize, int length, IReadOnlyList<int> readPositions, Device device)
    {
        _config = config;
        _length = length;
        _weights = new TransformerWeights(config, vocabularySize, length);
        using DisposeScope scope = NewDisposeScope();
        _sinusoids = config.Positions == PositionKind.Sinusoidal ? Sinusoids(length, config.DModel).to(device).DetachFromDisposeScope() : null;
        _readPositions = tensor(readPositions.Select(position => (long)position).ToArray()).to(device).DetachFromDisposeScope();
        _future = ones(length, length, dtype: ScalarType.Bool).triu(1).to(device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override ParameterLayout Layout => _weights.Layout;

    /// <inheritdoc/>
    /// <param name="parameters">(R, P).</param>
    /// <param name="tokens">(R, B, T) int64.</param>
    /// <param name="constants">None are read.</param>
    /// <param name="keep">
    /// One mask a block, (R, B, T, d) or in the last block (R, B, reads, d): the dropout factors of the MLP's outputs. Null for no dropout.
    /// </param>
    /// <returns>(R, B, reads, V) the logits.</returns>
    public override Tensor Outputs(Tensor parameters, Tensor tokens, StackedConstants constants, IReadOnlyList<Tensor>? keep = null)
    {
        var weights = new StackedWeights(Layout, parameters);
        Tensor x = Embed(weights, tokens);
        for (int l = 0; l < _weights.Blocks.Count; l++)
        {
            x = Block(weights, _weights.Blocks[l], x, keep?[l], isLast: l == _weights.Blocks.Count - 1);
        }

        if (_config.FinalNorm)
        {
            x = Normalize(weights, _weights.FinalNorm, x);
        }

        return Map(weights, _weights.Unembedding, x);
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

    // y = x·W + b over the last dimension of (R, B, positions, in), every run with its own W.
    private static Tensor Map(StackedWeights weights, LinearWeights linear, Tensor x)
    {
        long R = x.shape[0], B = x.shape[1], positions = x.shape[2];
        Tensor y = x.reshape(R, B * positions, linear.Weight.Rows).bmm(weights.Matrix(linear.Weight));
        if (linear.Bias is not null)
        {
            y = y + weights.Vector(linear.Bias);
        }

        return y.view(R, B, positions, linear.Weight.Columns);
    }

    private static Tensor Normalize(StackedWeights weights, NormWeights? affine, Tensor x)
    {
        Tensor normalized = nn.functional.layer_norm(x, [x.shape[3]], eps: LayerNorm.Epsilon);

        // (R, 1, d) becomes (R, 1, 1, d).
        return affine is null
            ? normalized
            : addcmul(weights.Vector(affine.Bias).unsqueeze(1), normalized, weights.Vector(affine.Gain).unsqueeze(1), 1);
    }

    // (R, B, T, d)
    private Tensor Embed(StackedWeights weights, Tensor tokens)
    {
        Tensor embedded = weights.Gather(_weights.TokenEmbedding, tokens);
        return embedded + (_weights.PositionEmbedding is null ? _sinusoids! : weights.Matrix(_weights.PositionEmbedding).unsqueeze(1));
    }

    // Post: x ← LN₁(x + Attn(x)), x ← LN₂(x + MLP(x)). Pre: x ← x + Attn(LN₁(x)), x ← x + MLP(LN₂(x)). None: the same without norms.
    private Tensor Block(StackedWeights weights, BlockWeights block, Tensor x, Tensor? keep, bool isLast)
    {
        bool pre = _config.Norm == NormPlacement.Pre, post = _config.Norm == NormPlacement.Post;
        Tensor attnIn = pre ? Normalize(weights, block.Norm1, x) : x;

        // What comes out of the last block is read at some positions only, and only they need a query and an MLP.
        Tensor queryIn = isLast ? attnIn.index_select(2L, _readPositions) : attnIn;
        Tensor residPre = isLast ? x.index_select(2L, _readPositions) : x;
        Tensor future = isLast ? _future.index_select(0L, _readPositions) : _future;

        Tensor residMid = residPre + Attend(weights, block, queryIn, attnIn, future);
        Tensor stream = post ? Normalize(weights, block.Norm1, residMid) : residMid;
        Tensor mlpIn = pre ? Normalize(weights, block.Norm2, residMid) : stream;
        Tensor mlpOut = Map(weights, block.MlpOut, Activate(_config.Activation, Map(weights, block.MlpIn, mlpIn)));
        Tensor residPost = stream + (keep is null ? mlpOut : mlpOut * keep);
        return post ? Normalize(weights, block.Norm2, residPost) : residPost;
    }

    // queryIn (R, B, queries, d), keyIn (R, B, T, d), future (queries, T); the result is shaped like queryIn.
    private Tensor Attend(StackedWeights weights, BlockWeights block, Tensor queryIn, Tensor keyIn, Tensor future)
    {
        long R = queryIn.shape[0], B = queryIn.shape[1], queries = queryIn.shape[2];
        Tensor q = Heads(Map(weights, block.Query, queryIn));
        Tensor k = Heads(Map(weights, block.Key, keyIn));
        Tensor v = Heads(Map(weights, block.Value, keyIn));
        Tensor scores = q.bmm(k.transpose(1, 2)) * (1 / MathF.Sqrt(_config.DHead));
        Tensor pattern = scores.masked_fill(future, float.NegativeInfinity).softmax(2);
        Tensor z = pattern.bmm(v).view(R, B, _config.NHeads, queries, _config.DHead).transpose(2, 3).reshape(R, B, queries, _config.DModel);
        return Map(weights, block.Output, z);
    }

    // (R, B, positions, d) becomes (R·B·H, positions, d_head).
    private Tensor Heads(Tensor x)
    {
        long R = x.shape[0], B = x.shape[1], positions = x.shape[2];
        return x.view(R, B, positions, _config.NHeads, _config.DHead).transpose(2, 3).reshape(R * B * _config.NHeads, positions, _config.DHead);
    }
}
