"""The transformer of src/Grokking/Models/TransformerConfig.cs, written a second time and as plainly as possible.

Every example computes every position, heads are a loop, the gradient is autograd's. Nothing here is fast and nothing here is shared
with the C# engine, which derives its backward pass by hand and computes common prefixes once: that is what makes the comparison worth
something.

Conventions: row vectors, y = x W + b with W (in, out); heads lie side by side in the output columns of W_Q, W_K, W_V and in the input
rows of W_O; the token embedding is not scaled by sqrt(d).
"""

import math

import torch

LAYER_NORM_EPSILON = 1e-5


def layout(model, vocabulary, sequence_length):
    """The tensors in the order of the flat buffer, as (name, kind, rows, columns); the kind decides how the tensor starts."""
    d, d_mlp = model["DModel"], model["MlpMultiplier"] * model["DModel"]
    tensors = [("W_E", "embedding", vocabulary, d)]
    if model["Positions"] == "Learned":
        tensors.append(("W_pos", "embedding", sequence_length, d))

    def add_norm(name):
        if model["NormAffine"]:
            tensors.append((name + ".gain", "gain", d, 1))
            tensors.append((name + ".bias", "bias", d, 1))

    for layer in range(model["NLayers"]):
        block = f"blocks.{layer}."
        if model["Norm"] != "None":
            add_norm(block + "ln1")
        tensors += [(block + name, "matrix", d, d) for name in ("W_Q", "W_K", "W_V", "W_O")]
        if model["AttentionBiases"]:
            tensors += [(block + name, "bias", d, 1) for name in ("b_Q", "b_K", "b_V", "b_O")]
        if model["Norm"] != "None":
            add_norm(block + "ln2")
        tensors.append((block + "W_in", "matrix", d, d_mlp))
        if model["MlpBiases"]:
            tensors.append((block + "b_in", "bias", d_mlp, 1))
        tensors.append((block + "W_out", "matrix", d_mlp, d))
        if model["MlpBiases"]:
            tensors.append((block + "b_out", "bias", d, 1))

    if model["FinalNorm"]:
        add_norm("ln_final")
    tensors.append(("W_U", "matrix", d, vocabulary))
    if model["UnembedBias"]:
        tensors.append(("b_U", "bias", vocabulary, 1))
    return tensors


def sinusoidal_positions(sequence_length, d_model):
    """(T, d): sin(t / 10000^(i/d)) in even columns i, cos(t / 10000^((i-1)/d)) in odd ones.

    This is openai/grok's `_position_encoding`: an odd column has the wavelength of the even column before it. The
    sines are taken in double precision and the table is rounded to float32, in which the model trains.
    """
    table = [
        [
            math.sin(t / 10000 ** (i / d_model)) if i % 2 == 0 else math.cos(t / 10000 ** ((i - 1) / d_model))
            for i in range(d_model)
        ]
        for t in range(sequence_length)
    ]
    return torch.tensor(table, dtype=torch.float64).float()


def layer_norm(x, weights, name):
    mean = x.mean(dim=-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
    normalized = (x - mean) / torch.sqrt(variance + LAYER_NORM_EPSILON)
    if name + ".gain" not in weights:
        return normalized
    return normalized * weights[name + ".gain"] + weights[name + ".bias"]


def linear(x, weights, weight_name, bias_name):
    y = x @ weights[weight_name]
    return y + weights[bias_name] if bias_name in weights else y


def attention(x, weights, block, n_heads):
    """x (B, T, d) -> (B, T, d); position t looks at positions 0 ... t."""
    T, d = x.shape[1:]
    d_head = d // n_heads
    q = linear(x, weights, block + "W_Q", block + "b_Q")
    k = linear(x, weights, block + "W_K", block + "b_K")
    v = linear(x, weights, block + "W_V", block + "b_V")
    future = torch.ones(T, T, dtype=torch.bool).triu(diagonal=1)

    heads = []
    for h in range(n_heads):
        columns = slice(h * d_head, (h + 1) * d_head)
        scores = q[..., columns] @ k[..., columns].transpose(-1, -2) / math.sqrt(d_head)  # (B, T, T)
        pattern = torch.softmax(scores.masked_fill(future, float("-inf")), dim=-1)
        heads.append(pattern @ v[..., columns])
    return linear(torch.cat(heads, dim=-1), weights, block + "W_O", block + "b_O")


def gelu(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def mlp(x, weights, block, activation):
    hidden = linear(x, weights, block + "W_in", block + "b_in")
    hidden = gelu(hidden) if activation == "Gelu" else torch.relu(hidden)
    return linear(hidden, weights, block + "W_out", block + "b_out")


def logits(model, weights, tokens, dropout=None):
    """tokens (B, T) -> (B, T, V). dropout: None, or one (B, T, d) factor per block for the MLP's output."""
    T = tokens.shape[1]
    x = weights["W_E"][tokens]
    if model["Positions"] == "Learned":
        x = x + weights["W_pos"]
    else:
        x = x + sinusoidal_positions(T, model["DModel"]).to(x.dtype)

    for layer in range(model["NLayers"]):
        block = f"blocks.{layer}."

        def attend(y):
            return attention(y, weights, block, model["NHeads"])

        def think(y):
            z = mlp(y, weights, block, model["Activation"])
            return z if dropout is None else z * dropout[layer]

        if model["Norm"] == "Post":
            x = layer_norm(x + attend(x), weights, block + "ln1")
            x = layer_norm(x + think(x), weights, block + "ln2")
        elif model["Norm"] == "Pre":
            x = x + attend(layer_norm(x, weights, block + "ln1"))
            x = x + think(layer_norm(x, weights, block + "ln2"))
        else:
            x = x + attend(x)
            x = x + think(x)

    if model["FinalNorm"]:
        x = layer_norm(x, weights, "ln_final")
    return linear(x, weights, "W_U", "b_U")


def loss(model, weights, tokens, read_positions, targets, dropout=None):
    """Mean cross-entropy over the B × R scored targets: targets[b, r] is what the logits at position read_positions[r] should say."""
    scores = logits(model, weights, tokens, dropout)[:, read_positions, :]  # (B, R, V)
    of_target = scores.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    return (torch.logsumexp(scores, dim=-1) - of_target).mean()
