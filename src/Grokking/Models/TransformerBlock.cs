using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>
/// One block: attention and MLP around the residual stream, forward and backward, with its own activations.
/// Post: x ← LN₁(x + Attn(x)), x ← LN₂(x + MLP(x)). Pre: x ← x + Attn(LN₁(x)), x ← x + MLP(LN₂(x)). None: the same without norms.
/// </summary>
internal sealed class TransformerBlock
{
    // Rows that pass through the MLP together, so that their activations are still in the second-level cache for the next step.
    private const int Chunk = 96;

    private readonly TransformerConfig _config;
    private readonly Linear _query, _key, _value, _output, _mlpIn, _mlpOut;
    private readonly Norm? _norm1, _norm2;

    private readonly Matrix _attnIn;     // (inputs, d)   LN₁(x), pre only
    private readonly Matrix _queryIn;    // (outputs, d)  the outputs' own rows of what attention reads, where they are gathered
    private readonly Matrix _q, _k, _v;  // (inputs, d)
    private readonly Matrix _pattern;    // (T·H, outputs)
    private readonly Matrix _z;          // (outputs, d)
    private readonly Matrix _residMid;   // (outputs, d)  x + Attn
    private readonly Matrix _mlpX;       // (outputs, d)  LN₁(x + Attn) post, LN₂(x + Attn) pre
    private readonly Matrix _hidden;     // (outputs, d_mlp) after the activation
    private readonly Matrix _preHidden;  // (outputs, d_mlp) before it, where it is kept
    private readonly Matrix _residPost;  // (outputs, d)  … + MLP
    private readonly Matrix _out;        // (outputs, d)  LN₂ of it, post only

    public TransformerBlock(TransformerConfig config, BlockWeights weights, int maxInputs, int maxOutputs, int length)
    {
        _config = config;
        int d = config.DModel;
        _query = new Linear(weights.Query);
        _key = new Linear(weights.Key);
        _value = new Linear(weights.Value);
        _output = new Linear(weights.Output);
        _mlpIn = new Linear(weights.MlpIn);
        _mlpOut = new Linear(weights.MlpOut);
        bool pre = config.Norm == NormPlacement.Pre, post = config.Norm == NormPlacement.Post;
        _norm1 = pre || post ? new Norm(weights.Norm1, pre ? maxInputs : maxOutputs) : null;
        _norm2 = pre || post ? new Norm(weights.Norm2, maxOutputs) : null;

        _attnIn = new Matrix(pre ? maxInputs : 1, d);
        _queryIn = new Matrix(maxOutputs, d);
        int maxQueries = Math.Max(maxInputs, maxOutputs);
        (_q, _k, _v) = (new Matrix(maxQueries, d), new Matrix(maxInputs, d), new Matrix(maxInputs, d));
        _pattern = new Matrix(length * config.NHeads, maxOutputs);
        _z = new Matrix(maxOutputs, d);
        _residMid = new Matrix(maxOutputs, d);
        _mlpX = new Matrix(pre || post ? maxOutputs : 1, d);
        _hidden = new Matrix(maxOutputs, config.DMlp);
        _preHidden = new Matrix(Activation.KeepsInput(config.Activation) ? maxOutputs : 1, config.DMlp);
        _residPost = new Matrix(maxOutputs, d);
        _out = new Matrix(post ? maxOutputs : 1, d);
    }

    /// <summary>What comes out of <see cref="Forward"/>.</summary>
    public Matrix Output => _config.Norm == NormPlacement.Post ? _out : _residPost;

    // The hidden units themselves where the activation works in place.
    private Matrix ActivationInput => Activation.KeepsInput(_config.Activation) ? _preHidden : _hidden;

    private Matrix MlpInput => _config.Norm == NormPlacement.None ? _residMid : _mlpX;

    /// <summary>Takes over the current weights.</summary>
    public void Load(ReadOnlySpan<float> parameters, bool forTraining)
    {
        _query.Load(parameters, forTraining);
        _key.Load(parameters, forTraining);
        _value.Load(parameters, forTraining);
        _output.Load(parameters, forTraining);
        _mlpIn.Load(parameters, forTraining);
        _mlpOut.Load(parameters, forTraining);
    }

    /// <summary>Computes <see cref="Output"/>.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="x">(rows.InputCount, d_model) the residual stream.</param>
    /// <param name="keep">(rows.OutputCount, d_model) the dropout mask with its scale, or null.</param>
    public void Forward(ReadOnlySpan<float> parameters, BlockRows rows, Matrix x, Matrix? keep)
    {
        int inputs = rows.InputCount, outputs = rows.OutputCount;
        Matrix attnIn = x;
        if (_config.Norm == NormPlacement.Pre)
        {
            attnIn = _attnIn;
            _norm1!.Forward(parameters, x, _attnIn, 0, inputs);
        }

        _key.Forward(parameters, attnIn, _k, 0, inputs);
        _value.Forward(parameters, attnIn, _v, 0, inputs);
        if (rows.GathersQueries)
        {
            for (int row = 0; row < outputs; row++)
            {
                attnIn.Row(rows.Own[row]).CopyTo(_queryIn.Row(row));
            }

            _query.Forward(parameters, _queryIn, _q, 0, outputs);
        }
        else
        {
            _query.Forward(parameters, attnIn, _q, 0, inputs);
        }

        Attention.Forward(_q, _k, _v, rows.Attention, outputs, _config.NHeads, _pattern, _z);

        for (int first = 0; first < outputs; first += Chunk)
        {
            int count = Math.Min(Chunk, outputs - first);
            _output.Forward(parameters, _z, _residMid, first, count);
            RowSums.AddGathered(x, rows.Own, _residMid, first, count);
            switch (_config.Norm)
            {
                case NormPlacement.Post: _norm1!.Forward(parameters, _residMid, _mlpX, first, count); break;
                case NormPlacement.Pre: _norm2!.Forward(parameters, _residMid, _mlpX, first, count); break;
            }

            Activate(parameters, first, count);
            _mlpOut.Forward(parameters, _hidden, _residPost, first, count);

            // The stream that the MLP's output is added to: after the first norm in post, before the second in pre.
            Matrix stream = _config.Norm == NormPlacement.Post ? _mlpX : _residMid;
            if (keep is not null)
            {
                RowSums.Multiply(keep, _residPost, first, count);
            }

            RowSums.Add(stream, _residPost, first, count);
            if (_config.Norm == NormPlacement.Post)
            {
                _norm2!.Forward(parameters, _residPost, _out, first, count);
            }
        }
    }

    /// <summary>From the gradient at the output makes that at the input, and this block's part of the parameters' gradient.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="rows">As in <see cref="Forward"/>.</param>
    /// <param name="x">As in <see cref="Forward"/>.</param>
    /// <param name="keep">As in <see cref="Forward"/>.</param>
    /// <param name="dOut">(rows.OutputCount, d_model) overwritten.</param>
    /// <param name="dx">(rows.InputCount, d_model) overwritten with the result.</param>
    /// <param name="gradient">(P) this block's tensors are overwritten.</param>
    /// <param name="scratch">Gradients of activations, shared by the blocks.</param>
    public void Backward(
        ReadOnlySpan<float> parameters,
        BlockRows rows,
        Matrix x,
        Matrix? keep,
        Matrix dOut,
        Matrix dx,
        Span<float> gradient,
        BackwardScratch scratch)
    {
        int inputs = rows.InputCount, outputs = rows.OutputCount;
        _norm1?.ClearGradient(gradient);
        _norm2?.ClearGradient(gradient);

        // MLP. dOut is the gradient at the output, then at the residual sum, then at the middle of the stream.
        Matrix dMlp = keep is null ? dOut : scratch.MlpOut;
        for (int first = 0; first < outputs; first += Chunk)
        {
            int count = Math.Min(Chunk, outputs - first);
            if (_config.Norm == NormPlacement.Post)
            {
                _norm2!.Backward(parameters, _residPost, dOut, first, count, gradient);
            }

            for (int row = first; row < first + count && keep is not null; row++)
            {
                dOut.Row(row).CopyTo(dMlp.Row(row));
            }

            if (keep is not null)
            {
                RowSums.Multiply(keep, dMlp, first, count);
            }

            _mlpOut.InputGradient(dMlp, scratch.Hidden, first, count, accumulate: false);
            Activation.Backward(_config.Activation, ActivationInput, scratch.Hidden, first, count);
        }

        _mlpOut.WeightGradient(_hidden, dMlp, outputs, gradient, scratch.Weight);
        _mlpIn.WeightGradient(MlpInput, scratch.Hidden, outputs, gradient, scratch.Weight);
        if (_config.Norm == NormPlacement.Pre)
        {
            _mlpIn.InputGradient(scratch.Hidden, scratch.Stream, 0, outputs, accumulate: false);
            _norm2!.Backward(parameters, _residMid, scratch.Stream, 0, outputs, gradient);
            RowSums.Add(scratch.Stream, dOut, 0, outputs);
        }
        else
        {
            _mlpIn.InputGradient(scratch.Hidden, dOut, 0, outputs, accumulate: true);
            if (_config.Norm == NormPlacement.Post)
            {
                _norm1!.Backward(parameters, _residMid, dOut, 0, outputs, gradient);
            }
        }

        // Attention.
        _output.WeightGradient(_z, dOut, outputs, gradient, scratch.Weight);
        _output.InputGradient(dOut, scratch.Z, 0, outputs, accumulate: false);
        int queries = rows.GathersQueries ? outputs : inputs;
        scratch.Q.Clear(queries);
        scratch.K.Clear(inputs);
        scratch.V.Clear(inputs);
        Attention.Backward(
            scratch.Z, _q, _k, _v, rows.Attention, outputs, _config.NHeads, _pattern, scratch.Q, scratch.K, scratch.V);

        Matrix attnIn = _config.Norm == NormPlacement.Pre ? _attnIn : x;
        _key.WeightGradient(attnIn, scratch.K, inputs, gradient, scratch.Weight);
        _value.WeightGradient(attnIn, scratch.V, inputs, gradient, scratch.Weight);
        _query.WeightGradient(rows.GathersQueries ? _queryIn : attnIn, scratch.Q, queries, gradient, scratch.Weight);

        // in the forward pass this was: residMid[row] = x[own[row]] + attn[row], attn reading k, v and q of attnIn
        _key.InputGradient(scratch.K, dx, 0, inputs, accumulate: false);
        _value.InputGradient(scratch.V, dx, 0, inputs, accumulate: true);
        if (rows.GathersQueries)
        {
            _query.InputGradient(scratch.Q, scratch.Z, 0, outputs, accumulate: false);
            RowSums.AddScattered(scratch.Z, rows.Own, dx, outputs);
        }
        else
        {
            _query.InputGradient(scratch.Q, dx, 0, inputs, accumulate: true);
        }

        if (_config.Norm == NormPlacement.Pre)
        {
            _norm1!.Backward(parameters, x, dx, 0, inputs, gradient);
        }

        RowSums.AddScattered(dOut, rows.Own, dx, outputs);
    }

    private void Activate(ReadOnlySpan<float> parameters, int first, int count)
    {
        _mlpIn.Forward(parameters, MlpInput, ActivationInput, first, count);
        Activation.Forward(_config.Activation, ActivationInput, _hidden, first, count);
    }
}
