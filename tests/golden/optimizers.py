"""Update rules over one flat vector, as openai/grok's CustomAdamW and PyTorch's SGD define them."""

import math

import torch

WARMUP_STEPS = 10


def scheduled_rate(peak, step):
    """openai/grok's warm-up: `step` counts the updates made before, so the first one has rate 0."""
    return peak * min(1.0, step / WARMUP_STEPS)


def clipped(gradient, max_norm):
    norm = gradient.norm()
    return gradient * (max_norm / norm) if norm > max_norm else gradient


def orthogonal(gradient, parameters):
    """Prieto et al. 2025, section 5, for one tensor: the gradient without its part along the weights, at its old length."""
    w, g = parameters.flatten(), gradient.flatten()
    rest = g - (w @ g) / (w @ w) * w
    return (rest * (g.norm() / rest.norm())).view_as(gradient)


class AdamW:
    """DecayTarget: Origin and Initialization pull the weights directly, before the update; Gradient is L2, added to the gradient."""

    def __init__(self, settings, parameters):
        self.settings = settings
        self.initial = parameters.clone()
        self.m = torch.zeros_like(parameters)
        self.v = torch.zeros_like(parameters)

    def update(self, parameters, gradient, rate, step):
        s = self.settings
        decay, target = s["WeightDecay"], s["DecayTarget"]
        if target == "Gradient":
            gradient = gradient + decay * parameters
        elif target == "Origin":
            parameters = parameters - rate * decay * parameters
        else:
            parameters = parameters - rate * decay * (parameters - self.initial)

        self.m = s["Beta1"] * self.m + (1 - s["Beta1"]) * gradient
        self.v = s["Beta2"] * self.v + (1 - s["Beta2"]) * gradient**2
        t = step + 1
        denominator = torch.sqrt(self.v) / math.sqrt(1 - s["Beta2"] ** t) + s["Epsilon"]
        return parameters - rate / (1 - s["Beta1"] ** t) * self.m / denominator


class EmbeddingsApart:
    """One rule for the first parameters, which are the embeddings, and another for the rest, each at its own rate times the scheduled one."""

    def __init__(self, settings, parameters, embeddings):
        self.settings = settings
        self.embeddings = embeddings
        first, second = parameters[:embeddings], parameters[embeddings:]
        self.rules = (start(settings["Embeddings"], first, 0), start(settings["Others"], second, 0))

    def update(self, parameters, gradient, rate, step):
        updated = [
            rule.update(part, slope, rate * rule.settings["LearningRate"], step)
            for rule, part, slope in zip(
                self.rules,
                (parameters[: self.embeddings], parameters[self.embeddings :]),
                (gradient[: self.embeddings], gradient[self.embeddings :]),
            )
        ]
        return torch.cat(updated)


class Sgd:
    """PyTorch's momentum: buffer = momentum · buffer + gradient, parameters -= rate · buffer; weight decay is L2 in the gradient."""

    def __init__(self, settings, parameters):
        self.settings = settings
        self.buffer = torch.zeros_like(parameters)

    def update(self, parameters, gradient, rate, step):
        s = self.settings
        self.buffer = s["Momentum"] * self.buffer + gradient + s["WeightDecay"] * parameters
        return parameters - rate * self.buffer


def start(settings, parameters, embeddings):
    """embeddings: how many of the parameters, from the first on, are embeddings."""
    if settings["Kind"] == "EmbeddingsApart":
        return EmbeddingsApart(settings, parameters, embeddings)
    return {"AdamW": AdamW, "Sgd": Sgd}[settings["Kind"]](settings, parameters)
