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


class Sgd:
    """PyTorch's momentum: buffer = momentum · buffer + gradient, parameters -= rate · buffer; weight decay is L2 in the gradient."""

    def __init__(self, settings, parameters):
        self.settings = settings
        self.buffer = torch.zeros_like(parameters)

    def update(self, parameters, gradient, rate, step):
        s = self.settings
        self.buffer = s["Momentum"] * self.buffer + gradient + s["WeightDecay"] * parameters
        return parameters - rate * self.buffer


def start(settings, parameters):
    return {"AdamW": AdamW, "Sgd": Sgd}[settings["Kind"]](settings, parameters)
