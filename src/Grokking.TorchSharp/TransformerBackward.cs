using Grokking.Models;
using Grokking.Numerics;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// The backward pass of <see cref="TransformerStack"/>, derived by hand: from the gradient of the logits to that of the parameters. Each method quotes the
/// forward line that it inverts; dX is the gradient of x.
/// </summary>
/// <param name="config">The architecture.</param>
/// <param name="layout">The tensors of one run by their roles.</param>
/// <param name="readPositions">(reads) int64, counted from position s.</param>
/// <param name="pass">What the forward pass computed.</param>
internal sealed class TransformerBackward(TransformerConfig config, TransformerWeights layout, Tensor readPositions, TransformerPass pass)
{
    private readonly bool _pre = config.Norm == NormPlacement.Pre;
    private readonly bool _post = config.Norm == NormPlacement.Post;
    private readonly GradientParts _gradients = new(layout.Layout);

    /// <summary>(R, P) the gradient of the parameters. To be asked for once.</summary>
    /// <param name="dLogits">(R, B, reads, V).</param>
    public Tensor Of(Tensor dLogits)
    {
        // logits = LN(x)·W_U, the norm where there is one
        Tensor dX = Map(layout.Unembedding, pass.HeadIn, dLogits);
        if (config.FinalNorm)
        {
            dX = Normalize(layout.FinalNorm, pass.Blocks[^1].Rows.Out, dX);
        }

        Tensor? dPrefix = null;
        for (int l = pass.Blocks.Count - 1; l >= 0; l--)
        {
            (dX, dPrefix) = Block(layout.Blocks[l], pass.Blocks[l], dX, dPrefix, isLast: l == pass.Blocks.Count - 1);
        }

        if (dPrefix is not null)
        {
            Embed(pass.Prefixes!, dPrefix, first: 0);
        }

        Embed(pass.Tokens, dX, first: dPrefix?.shape[2] ?? 0);
        return _gradients.Whole();
    }

    // x = W_E[tokens] + positions
    private void Embed(Tensor tokens, Tensor dX, long first)
    {
        _gradients.Add(layout.TokenEmbedding, StackedWeights.Scatter(dX, tokens, layout.TokenEmbedding.Rows));
        if (layout.PositionEmbedding is { } positions)
        {
            // (R, T, d) of which these rows have count positions.
            Tensor dPositions = zeros([dX.shape[0], positions.Rows, positions.Columns], dtype: dX.dtype, device: dX.device);
            dPositions.narrow(1L, first, dX.shape[2]).copy_(dX.sum([1L]));
            _gradients.Add(positions, dPositions);
        }
    }

    // dOut of the batch's rows and, but for the last block, dPrefixOut of the table's.
    private (Tensor DX, Tensor? DPrefix) Block(BlockWeights block, BlockPass kept, Tensor dOut, Tensor? dPrefixOut, bool isLast)
    {
        (Tensor dResid, Tensor dQueryIn, Tensor dKeys, Tensor dValues) = Continue(block, kept.Rows, dOut);
        if (isLast)
        {
            // The queries were the read positions: residPre = x[reads], queryIn = attnIn[reads]
            dResid = zeros_like(kept.X).index_add_(2L, readPositions, dResid, Held.Integer(1));
            dQueryIn = zeros_like(kept.X).index_add_(2L, readPositions, dQueryIn, Held.Integer(1));
        }

        if (kept.Prefix is null)
        {
            return (AttentionInput(block, kept.X, kept.AttnIn, dResid, dQueryIn, dKeys, dValues), null);
        }

        // keys = [table's keys of the places, own keys], and the values likewise
        long n = kept.Prefix.shape[1], s = kept.Prefix.shape[2], own = kept.X.shape[2];
        Tensor dPrefixKeys = OfPlaces(dKeys.narrow(2L, 0, s), n), dPrefixValues = OfPlaces(dValues.narrow(2L, 0, s), n);
        Tensor dX = AttentionInput(block, kept.X, kept.AttnIn, dResid, dQueryIn, dKeys.narrow(2L, s, own), dValues.narrow(2L, s, own));
        if (kept.PrefixRows is null)
        {
            return (dX, AttentionInput(block, kept.Prefix, kept.PrefixIn!, dResid: null, dQueryIn: null, dPrefixKeys, dPrefixValues));
        }

        (Tensor dPrefixResid, Tensor dPrefixQueryIn, Tensor dOwnKeys, Tensor dOwnValues) = Continue(block, kept.PrefixRows, dPrefixOut!);
        return (dX, AttentionInput(
            block, kept.Prefix, kept.PrefixIn!, dPrefixResid, dPrefixQueryIn, dPrefixKeys.Plus(dOwnKeys), dPrefixValues.Plus(dOwnValues)));
    }

    // attnIn = pre ? LN₁(x) : x; keys = attnIn·W_K, values = attnIn·W_V. A table that nobody continues has no part in residual and queries.
    private Tensor AttentionInput(
        BlockWeights block, Tensor x, Tensor attnIn, Tensor? dResid, Tensor? dQueryIn, Tensor dKeys, Tensor dValues)
    {
        Tensor dAttnIn = Map(block.Key, attnIn, dKeys).Plus(Map(block.Value, attnIn, dValues));
        dAttnIn = dQueryIn is null ? dAttnIn : dAttnIn.Plus(dQueryIn);
        Tensor dX = _pre ? Normalize(block.Norm1, x, dAttnIn) : dAttnIn;
        return dResid is null ? dX : dX.Plus(dResid);
    }

    private (Tensor DResid, Tensor DQueryIn, Tensor DKeys, Tensor DValues) Continue(BlockWeights block, RowsPass kept, Tensor dOut)
    {
        // out = post ? LN₂(residPost) : residPost; residPost = stream + mlpOut·keep
        Tensor dResidPost = _post ? Normalize(block.Norm2, kept.ResidPost, dOut) : dOut;
        Tensor dMlpOut = kept.Keep is null ? dResidPost : dResidPost * kept.Keep;

        // mlpOut = φ(mlpIn·W_in)·W_out
        Tensor dActive = Map(block.MlpOut, kept.Active, dMlpOut);
        Tensor dMlpIn = Map(block.MlpIn, kept.MlpIn, dActive * StackedModel.Slope(config.Activation, kept.Hidden, kept.Active));

        // pre: stream = residMid, mlpIn = LN₂(residMid); post: stream = mlpIn = LN₁(residMid); none: both are residMid
        Tensor dResidMid = dResidPost.Plus(_pre ? Normalize(block.Norm2, kept.ResidMid, dMlpIn) : dMlpIn);
        dResidMid = _post ? Normalize(block.Norm1, kept.ResidMid, dResidMid) : dResidMid;

        // residMid = residPre + z·W_O
        (Tensor dQ, Tensor dKeys, Tensor dValues) = Attend(kept, Map(block.Output, kept.Z, dResidMid));
        return (dResidMid, Map(block.Query, kept.QueryIn, dQ), dKeys, dValues);
    }

    private (Tensor DQ, Tensor DKeys, Tensor DValues) Attend(RowsPass kept, Tensor dZ)
    {
        HeadsPass heads = kept.Heads;
        Tensor dHeads = TransformerStack.Heads(config, dZ);

        // z = pattern·v
        Tensor dV = heads.Pattern.transpose(1, 2).bmm(dHeads), dPattern = dHeads.bmm(heads.V.transpose(1, 2));

        // pattern = softmax(scores): dScores = pattern·(dPattern − Σ dPattern·pattern), where Σ over the keys is z·dZ
        Tensor dScores = heads.Pattern * (dPattern - (heads.Z * dHeads).sum([2L], keepdim: true));

        // scores = q·kᵀ/√d_head
        dScores.mul_(Held.Real(1 / MathF.Sqrt(config.DHead)));
        Tensor dQ = dScores.bmm(heads.K), dK = dScores.transpose(1, 2).bmm(heads.Q);
        long R = dZ.shape[0], B = dZ.shape[1];
        return (TransformerStack.Joined(config, dQ, R, B), TransformerStack.Joined(config, dK, R, B), TransformerStack.Joined(config, dV, R, B));
    }

    // rows of the table gathered by place: (R, B, s, d) gives (R, n, s, d)
    private Tensor OfPlaces(Tensor dGathered, long n)
    {
        long s = dGathered.shape[2], d = dGathered.shape[3];
        return StackedWeights.Scatter(dGathered.reshape(dGathered.shape[0], dGathered.shape[1], s * d), pass.Places!, n).view(-1, n, s, d);
    }

    // y = x·W + b: dW = xᵀ·dY, db = Σ dY, dX = dY·Wᵀ
    private Tensor Map(LinearWeights linear, Tensor x, Tensor dY)
    {
        long R = x.shape[0];
        Tensor rows = x.reshape(R, -1, linear.Weight.Rows), dRows = dY.reshape(R, -1, linear.Weight.Columns);
        _gradients.Add(linear.Weight, rows.transpose(1, 2).bmm(dRows));
        if (linear.Bias is not null)
        {
            _gradients.Add(linear.Bias, dRows.sum([1L]));
        }

        return dRows.bmm(pass.Weights.Matrix(linear.Weight).transpose(1, 2)).view(x.shape);
    }

    // y = x̂·gain + bias with x̂ = (x − mean)/σ: dX = (dX̂ − mean(dX̂) − x̂·mean(dX̂·x̂))/σ
    private Tensor Normalize(NormWeights? affine, Tensor x, Tensor dY)
    {
        Tensor centred = x - x.mean([-1L], keepdim: true);
        Tensor inverse = (centred * centred).mean([-1L], keepdim: true).add_(Held.Real(LayerNorm.Epsilon), Held.Integer(1)).rsqrt_();
        Tensor normalized = centred.mul_(inverse);
        Tensor dNormalized = dY;
        if (affine is not null)
        {
            _gradients.Add(affine.Gain, (dY * normalized).sum([1L, 2L]));
            _gradients.Add(affine.Bias, dY.sum([1L, 2L]));
            dNormalized = dY * pass.Weights.Vector(affine.Gain).unsqueeze(1);
        }

        Tensor along = (dNormalized * normalized).mean([-1L], keepdim: true);
        return (dNormalized - dNormalized.mean([-1L], keepdim: true)).addcmul_(normalized, along, Held.Integer(-1)).mul_(inverse);
    }
}
