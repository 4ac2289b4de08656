"""Inputs that need not be stored: pseudo-random numbers as a function of their index, the same bits in any language."""

import numpy as np


def hashed(first, count):
    """uint32 of indices first ... first+count-1: the index plus one times 2654435761, then the finaliser of MurmurHash3, all mod 2^32.

    The finaliser matters: multiples of a constant alone would make a matrix nearly a row term plus a column term.
    """
    mask = np.uint64(0xFFFFFFFF)
    x = (np.arange(first + 1, first + count + 1, dtype=np.uint64) * np.uint64(2654435761)) & mask
    x ^= x >> np.uint64(16)
    x = (x * np.uint64(0x85EBCA6B)) & mask
    x ^= x >> np.uint64(13)
    x = (x * np.uint64(0xC2B2AE35)) & mask
    x ^= x >> np.uint64(16)
    return x


def unit(first, count):
    """u(i) in [0, 1): the upper 24 bits over 2^24, exact in float32 and double."""
    return (hashed(first, count) >> np.uint64(8)).astype(np.float64) / 2**24


def integers(count, below, first):
    """u(i) scaled to 0 ... below-1."""
    return [int(u * below) for u in unit(first, count)]


def parameters(tensors):
    """(P) float32: element i of the flat buffer is base + scale · (2u(i) - 1), computed in double and rounded once."""
    parts, offset = [], 0
    for t in tensors:
        count = t["Rows"] * t["Columns"]
        parts.append((t["Base"] + t["Scale"] * (2 * unit(offset, count) - 1)).astype(np.float32))
        offset += count
    return np.concatenate(parts)


def templates(first, classes, width):
    """(classes, width) the vectors that stand for the classes: 2u - 1 from index `first` on."""
    return (2 * unit(first, classes * width) - 1).reshape(classes, width)


def dropout_factors(first, layers, shape, dropout):
    """One (B, T, d) factor per block, drawn in the order block, example, position, column from index `first` on: 0 where
    u < dropout, else 1/(1 - dropout)."""
    count = int(np.prod(shape))
    draws = [unit(first + layer * count, count).reshape(shape) for layer in range(layers)]
    return [np.where(u < dropout, 0.0, 1 / (1 - dropout)) for u in draws]
