using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>What a forward pass of R transformers has computed, the results between included: all that a backward pass reads.</summary>
/// <param name="Weights">Of the pass.</param>
/// <param name="Prefixes">(R, n, s) the table's tokens; null without a table.</param>
/// <param name="Places">(R, B) the sequences' places in it; null without one.</param>
/// <param name="Tokens">(R, B, T − s) the tokens after it.</param>
/// <param name="Blocks">First to last.</param>
/// <param name="HeadIn">(R, B, reads, d) what is unembedded.</param>
/// <param name="Logits">(R, B, reads, V).</param>
internal sealed record TransformerPass(
    StackedWeights Weights, Tensor? Prefixes, Tensor? Places, Tensor Tokens, IReadOnlyList<BlockPass> Blocks, Tensor HeadIn, Tensor Logits);

/// <summary>A block of it.</summary>
/// <param name="X">(R, B, T − s, d) what goes in.</param>
/// <param name="AttnIn">The same as attention reads it.</param>
/// <param name="Rows">What the block makes of it.</param>
/// <param name="Prefix">(R, n, s, d) what goes in of the table; null without one.</param>
/// <param name="PrefixIn">The same as attention reads it.</param>
/// <param name="PrefixRows">What the block makes of that; null in the last block, which has no use for it.</param>
internal sealed record BlockPass(Tensor X, Tensor AttnIn, RowsPass Rows, Tensor? Prefix, Tensor? PrefixIn, RowsPass? PrefixRows);

/// <summary>What a block makes of some rows, those of the batch or those of the table.</summary>
/// <param name="QueryIn">(R, B, queries, d).</param>
/// <param name="Heads">The attention of each head.</param>
/// <param name="Z">(R, B, queries, d) the heads side by side.</param>
/// <param name="ResidMid">(R, B, queries, d) after attention.</param>
/// <param name="MlpIn">(R, B, queries, d).</param>
/// <param name="Hidden">(R, B, queries, d_mlp) before the activation.</param>
/// <param name="Active">(R, B, queries, d_mlp) after it.</param>
/// <param name="Keep">(R, B, queries, d) dropout factors; null without dropout.</param>
/// <param name="ResidPost">(R, B, queries, d) after the MLP.</param>
/// <param name="Out">(R, B, queries, d) what comes out.</param>
internal sealed record RowsPass(
    Tensor QueryIn, HeadsPass Heads, Tensor Z, Tensor ResidMid, Tensor MlpIn, Tensor Hidden, Tensor Active, Tensor? Keep, Tensor ResidPost, Tensor Out);

/// <summary>The attention of all heads of some rows.</summary>
/// <param name="Q">(R·B·H, queries, d_head).</param>
/// <param name="K">(R·B·H, keys, d_head).</param>
/// <param name="V">(R·B·H, keys, d_head).</param>
/// <param name="Pattern">(R·B·H, queries, keys).</param>
/// <param name="Z">(R·B·H, queries, d_head).</param>
internal sealed record HeadsPass(Tensor Q, Tensor K, Tensor V, Tensor Pattern, Tensor Z);
