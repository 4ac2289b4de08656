"""The MLP of src/Grokking/Models/MlpConfig.cs and its losses, written a second time and as plainly as possible.

Tokens are one-hot vectors, or stand for vectors that are given, and every map is a dense product; the gradient is autograd's. The C# engine looks the first product up in a table
and derives its backward pass by hand: that is what makes the comparison worth something.

Conventions: row vectors, y = x W + b with W (in, out); the vectors of the positions lie side by side in the input rows of W_in.
"""

import torch

from transformer import gelu, linear


def layout(model, vocabulary, length, outputs, input_width=None):
    """The tensors in the order of the flat buffer, as (name, kind, rows, columns); the kind decides how the tensor starts.

    A readout that stays is none of them."""
    d, width, positions = model["DEmbed"], model["DHidden"], length
    tensors = []
    if model["Input"] == "SummedEmbeddings":
        positions = 1
        tensors.append(("W_E", "embedding", vocabulary, d))
    elif model["Input"] == "SeparateEmbeddings":
        tensors += [(f"W_E.{t}", "embedding", vocabulary, d) for t in range(length)]
    inputs = input_width or positions * (vocabulary if model["Input"] == "OneHot" else d)

    names = ["in", *range(1, model["NLayers"] + 1)]
    widths = [inputs, *[width] * model["NLayers"], outputs]
    if model.get("FrozenReadout"):
        widths.pop()
    for name, rows, columns in zip(names, widths, widths[1:]):
        tensors.append((f"W_{name}", "matrix", rows, columns))
        if model["Biases"]:
            tensors.append((f"b_{name}", "bias", columns, 1))
    return tensors


def activate(x, model):
    if model["Activation"] == "LinearQuadratic":
        return x + model["Curvature"] / 2 * torch.square(x)
    return {"Relu": torch.relu, "Gelu": gelu, "Tanh": torch.tanh, "Quadratic": torch.square}[model["Activation"]](x)


def outputs(model, weights, tokens, vocabulary, vectors=None):
    """tokens (B, T) -> (B, outputs); of given vectors (V, D) an example has one token.

    The readout that stays is the committee's: one output, the mean over the hidden units."""
    one_hot = torch.nn.functional.one_hot(tokens, vocabulary).to(weights["W_in"].dtype)  # (B, T, V)
    if model["Input"] == "SummedEmbeddings":
        x = (one_hot @ weights["W_E"].view(vocabulary, -1)).sum(dim=1)
    elif model["Input"] == "SeparateEmbeddings":
        x = torch.cat([one_hot[:, t] @ weights[f"W_E.{t}"].view(vocabulary, -1) for t in range(tokens.shape[1])], dim=-1)
    elif model["Input"] == "Vectors":
        x = vectors[tokens.squeeze(-1)]
    else:
        x = one_hot.flatten(start_dim=1)

    x = linear(x, weights, "W_in", "b_in")
    for layer in range(1, model["NLayers"] + 1):
        x = activate(x, model)
        frozen = model.get("FrozenReadout") and layer == model["NLayers"]
        x = x.mean(dim=-1, keepdim=True) if frozen else linear(x, weights, f"W_{layer}", f"b_{layer}")
    return model.get("ReadoutScale", 1.0) * x


def stable_max_height(x):
    """s(x) of Prieto et al. 2025; the branch that is not taken stays away from its pole at 1."""
    return torch.where(x >= 0, x + 1, 1 / (1 - torch.clamp(x, max=0.0)))


def loss(kind, y, targets, templates):
    """Mean loss of outputs (B, outputs) against classes (B).

    Squared error is that against the class's row of templates (classes, outputs), averaged over the outputs too.
    """
    if kind == "SquaredError":
        return ((y - templates[targets]) ** 2).mean()
    logs = torch.log(stable_max_height(y)) if kind == "StableMax" else y
    normalizer = torch.log(stable_max_height(y).sum(dim=-1)) if kind == "StableMax" else torch.logsumexp(y, dim=-1)
    return (normalizer - logs.gather(-1, targets.unsqueeze(-1)).squeeze(-1)).mean()
