"""A model over a state with the names and shapes of TransformerLens's HookedTransformer, written from its documentation.

Multiplication on the right; heads have an axis of their own; every map has a bias.
"""

import math

import torch

EXPECTED_ATTENTION = {
    "W_Q": ("n_heads", "d_model", "d_head"),
    "W_K": ("n_heads", "d_model", "d_head"),
    "W_V": ("n_heads", "d_model", "d_head"),
    "W_O": ("n_heads", "d_head", "d_model"),
    "b_Q": ("n_heads", "d_head"),
    "b_K": ("n_heads", "d_head"),
    "b_V": ("n_heads", "d_head"),
    "b_O": ("d_model",),
}
EXPECTED_MLP = {"W_in": ("d_model", "d_mlp"), "b_in": ("d_mlp",), "W_out": ("d_mlp", "d_model"), "b_out": ("d_model",)}
EXPECTED_NORM = {"w": ("d_model",), "b": ("d_model",)}


def expected_shapes(config):
    """Every name that the state of a HookedTransformer has, but for the constants of its attention, with its shape."""
    has_norms = config["normalization_type"] == "LN"
    shapes = {"embed.W_E": ("d_vocab", "d_model"), "pos_embed.W_pos": ("n_ctx", "d_model")}
    for layer in range(config["n_layers"]):
        parts = {"attn": EXPECTED_ATTENTION, "mlp": EXPECTED_MLP}
        if has_norms:
            parts |= {"ln1": EXPECTED_NORM, "ln2": EXPECTED_NORM}
        shapes |= {f"blocks.{layer}.{part}.{name}": shape for part, names in parts.items() for name, shape in names.items()}
    if has_norms:
        shapes |= {f"ln_final.{name}": shape for name, shape in EXPECTED_NORM.items()}
    shapes |= {"unembed.W_U": ("d_model", "d_vocab_out"), "unembed.b_U": ("d_vocab_out",)}
    return {name: tuple(config[dimension] for dimension in shape) for name, shape in shapes.items()}


def logits(config, state, tokens):
    """(B, T) -> (B, T, V)."""

    def norm(x, name):
        if config["normalization_type"] is None:
            return x
        centred = x - x.mean(-1, keepdim=True)
        scale = (centred.pow(2).mean(-1, keepdim=True) + config["eps"]).sqrt()
        return centred / scale * state[name + ".w"] + state[name + ".b"]

    def activate(x):
        if config["act_fn"] == "relu":
            return torch.relu(x)
        assert config["act_fn"] == "gelu_new"
        return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))

    assert config["positional_embedding_type"] == "standard" and config["attention_dir"] == "causal"
    length = tokens.shape[1]
    future = torch.ones(length, length).triu(1).bool()
    x = state["embed.W_E"][tokens] + state["pos_embed.W_pos"][:length]
    for layer in range(config["n_layers"]):
        block = f"blocks.{layer}."
        attn = {name: state[f"{block}attn.{name}"] for name in EXPECTED_ATTENTION}
        y = norm(x, block + "ln1")
        q = torch.einsum("bpm,hmd->bphd", y, attn["W_Q"]) + attn["b_Q"]
        k = torch.einsum("bpm,hmd->bphd", y, attn["W_K"]) + attn["b_K"]
        v = torch.einsum("bpm,hmd->bphd", y, attn["W_V"]) + attn["b_V"]
        scores = torch.einsum("bqhd,bkhd->bhqk", q, k) / math.sqrt(config["d_head"])
        pattern = torch.softmax(scores.masked_fill(future, -math.inf), dim=-1)
        z = torch.einsum("bhqk,bkhd->bqhd", pattern, v)
        x = x + torch.einsum("bqhd,hdm->bqm", z, attn["W_O"]) + attn["b_O"]
        y = norm(x, block + "ln2")
        hidden = activate(y @ state[block + "mlp.W_in"] + state[block + "mlp.b_in"])
        x = x + hidden @ state[block + "mlp.W_out"] + state[block + "mlp.b_out"]
    return norm(x, "ln_final") @ state["unembed.W_U"] + state["unembed.b_U"]
