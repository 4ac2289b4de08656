using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>
/// The first linear map of an MLP that reads tokens. What a token adds to the hidden units does not depend on the other tokens, so all it can add is
/// computed once for some weights, a row for each token at each position, and an equation adds up its rows.
/// </summary>
internal sealed class TokenTable : InputLayer
{
    private readonly int _vocabulary;
    private readonly int _length;
    private readonly ParameterTensor _weight;           // W_in: a row for each input
    private readonly ParameterTensor? _bias;
    private readonly ParameterTensor[] _embeddings;     // none, one for all positions, or one a position
    private readonly Linear[] _maps;                    // from each embedding to the hidden units
    private readonly Matrix[] _embedded;                // (V, d_embed) each embedding
    private readonly Matrix[] _dEmbedded;               // (V, d_embed) its gradient
    private readonly Matrix[] _rows;                    // (V, d_hidden) what a token adds: one for all positions, or one a position
    private readonly Matrix[] _dRows;                   // (V, d_hidden) its gradient
    private readonly int[][] _tokens;                   // [T][slice] of the current slice

    /// <summary>Appends its tensors to the layout: the embeddings, W_in and, where there is one, b_in.</summary>
    public TokenTable(MlpConfig config, ParameterLayout layout, int vocabularySize, int length, int slice)
    {
        _vocabulary = vocabularySize;
        _length = length;
        int parts = config.Input == MlpInput.SummedEmbeddings ? 1 : length, d = config.DEmbed, width = config.DHidden;
        _embeddings = config.Input switch
        {
            MlpInput.SummedEmbeddings => [layout.Add("W_E", vocabularySize, d)],
            MlpInput.SeparateEmbeddings => [.. Enumerable.Range(0, length).Select(t => layout.Add($"W_E.{t}", vocabularySize, d))],
            _ => [],
        };
        _weight = layout.Add("W_in", parts * (_embeddings.Length > 0 ? d : vocabularySize), width);
        _bias = config.Biases ? layout.Add("b_in", width) : null;
        _maps =
        [
            .. _embeddings.Select((_, part) => new Linear(
                new LinearWeights(new ParameterTensor(_weight.Name, _weight.Offset + (part * d * width), d, width), Bias: null))),
        ];
        _embedded = [.. _embeddings.Select(_ => new Matrix(vocabularySize, d))];
        _dEmbedded = [.. _embeddings.Select(_ => new Matrix(vocabularySize, d))];
        _rows = [.. Enumerable.Range(0, parts).Select(_ => new Matrix(vocabularySize, width))];
        _dRows = [.. Enumerable.Range(0, parts).Select(_ => new Matrix(vocabularySize, width))];
        _tokens = [.. Enumerable.Range(0, length).Select(_ => new int[slice])];
    }

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<float> parameters, bool forTraining)
    {
        for (int part = 0; part < _rows.Length; part++)
        {
            if (_embeddings.Length == 0)
            {
                CopyRows(_weight.In(parameters)[(part * _rows[part].Columns * _vocabulary)..], _rows[part]);
            }
            else
            {
                CopyRows(_embeddings[part].In(parameters), _embedded[part]);
                _maps[part].Load(parameters, forTraining);
                _maps[part].Forward(parameters, _embedded[part], _rows[part], 0, _vocabulary);
            }
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, Matrix hidden, int count)
    {
        for (int t = 0; t < _length; t++)
        {
            for (int row = 0; row < count; row++)
            {
                _tokens[t][row] = tokens[(row * _length) + t];
            }
        }

        for (int row = 0; row < count; row++)
        {
            _rows[0].Row(_tokens[0][row]).CopyTo(hidden.Row(row));
        }

        if (_bias is not null)
        {
            RowSums.AddToEach(_bias.In(parameters), hidden, 0, count);
        }

        for (int t = 1; t < _length; t++)
        {
            RowSums.AddGathered(_rows[t % _rows.Length], _tokens[t], hidden, 0, count);
        }
    }

    /// <inheritdoc/>
    public override void ClearGradient(Span<float> gradient)
    {
        _bias?.In(gradient).Clear();
        foreach (Matrix dRows in _dRows)
        {
            dRows.Clear(_vocabulary);
        }
    }

    /// <inheritdoc/>
    public override void Backward(Matrix dHidden, int count, Span<float> gradient)
    {
        if (_bias is not null)
        {
            RowSums.AddEach(dHidden, count, _bias.In(gradient));
        }

        for (int t = 0; t < _length; t++)
        {
            RowSums.AddScattered(dHidden, _tokens[t], _dRows[t % _rows.Length], count);
        }
    }

    /// <inheritdoc/>
    public override void FinishGradient(Span<float> gradient, Matrix scratch)
    {
        for (int part = 0; part < _rows.Length; part++)
        {
            if (_embeddings.Length == 0)
            {
                _dRows[part].CopyTo(_weight.In(gradient)[(part * _dRows[part].Columns * _vocabulary)..]);
            }
            else
            {
                // in the forward pass this was: rows = embedded · W
                _maps[part].WeightGradient(_embedded[part], _dRows[part], _vocabulary, gradient, scratch);
                _maps[part].InputGradient(_dRows[part], _dEmbedded[part], 0, _vocabulary, accumulate: false);
                _dEmbedded[part].CopyTo(_embeddings[part].In(gradient));
            }
        }
    }

    private static void CopyRows(ReadOnlySpan<float> from, Matrix to)
    {
        for (int row = 0; row < to.Rows; row++)
        {
            from.Slice(row * to.Columns, to.Columns).CopyTo(to.Row(row));
        }
    }
}
