"""A PyTorch model whose state has the names and shapes of openai/grok's Transformer, written from its description, not from its code.

One linear layer for the query, key and value of each head, none with a bias; the norm after each residual sum; fixed positions and a
causal mask that are part of the state.
"""

import math

import torch
from torch import nn


class Head(nn.Module):
    def __init__(self, d_model, d_head):
        super().__init__()
        self.Wq = nn.Linear(d_model, d_head, bias=False)
        self.Wk = nn.Linear(d_model, d_head, bias=False)
        self.Wv = nn.Linear(d_model, d_head, bias=False)

    def forward(self, x, mask):
        q, k, v = self.Wq(x), self.Wk(x), self.Wv(x)
        scores = torch.einsum("bqd,bkd->bqk", q, k) / math.sqrt(q.shape[-1])
        return torch.softmax(scores.masked_fill(mask == 0, -math.inf), dim=-1) @ v


class Attention(nn.Module):
    def __init__(self, d_model, n_heads):
        super().__init__()
        self.attn_heads = nn.ModuleList(Head(d_model, d_model // n_heads) for _ in range(n_heads))
        self.Wo = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x, mask):
        return self.Wo(torch.cat([head(x, mask) for head in self.attn_heads], dim=-1))


class Mlp(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.ffn = nn.Sequential(
            nn.Linear(d_model, 4 * d_model, bias=False), nn.ReLU(), nn.Linear(4 * d_model, d_model, bias=False)
        )

    def forward(self, x):
        return self.ffn(x)


class Block(nn.Module):
    def __init__(self, d_model, n_heads):
        super().__init__()
        self.self_attn = Attention(d_model, n_heads)
        self.self_attn_norm = nn.LayerNorm(d_model)
        self.ffn = Mlp(d_model)
        self.ffn_norm = nn.LayerNorm(d_model)

    def forward(self, x, mask):
        x = self.self_attn_norm(x + self.self_attn(x, mask))
        return self.ffn_norm(x + self.ffn(x))


class Blocks(nn.Module):
    def __init__(self, n_layers, d_model, n_heads):
        super().__init__()
        self.blocks = nn.ModuleList(Block(d_model, n_heads) for _ in range(n_layers))


class Model(nn.Module):
    def __init__(self, n_layers, n_heads, d_model, dropout, max_context_len, vocab_len, non_linearity):
        super().__init__()
        assert non_linearity == "relu" and dropout == 0
        self.embedding = nn.Embedding(vocab_len, d_model)
        self.register_buffer("position_encoding", torch.empty(max_context_len, d_model))
        self.register_buffer("self_attn_mask", torch.empty(max_context_len, max_context_len))
        self.decoder = Blocks(n_layers, d_model, n_heads)
        self.linear = nn.Linear(d_model, vocab_len, bias=False)

    def forward(self, tokens):
        """(B, T) -> (B, T, V)."""
        length = tokens.shape[1]
        x = self.embedding(tokens) + self.position_encoding[:length]
        for block in self.decoder.blocks:
            x = block(x, self.self_attn_mask[:length, :length])
        return self.linear(x)


def expected_tables(max_context_len, d_model):
    """What the two fixed tables have to hold, in double precision."""
    positions = torch.arange(max_context_len, dtype=torch.float64)[:, None]
    columns = torch.arange(d_model)
    angles = positions / 10000.0 ** ((columns - columns % 2).double() / d_model)
    table = torch.where(columns % 2 == 0, torch.sin(angles), torch.cos(angles))
    return table, torch.ones(max_context_len, max_context_len).tril()
