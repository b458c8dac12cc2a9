"""The frames that a variation allows, and whether a stream is among them."""

import numpy as np

from check_bounds.network import as_float, exact


class Family:
    """The frames that a variation allows round the nominal one, by lag, as functions of parameters in [-1, 1]."""

    def __init__(self, network, nominal, domain, kind, radius, target_radius, reference):
        self.network, self.nominal, self.domain = network, nominal, domain
        self.kind, self.radius, self.target_radius, self.reference = kind, radius, target_radius, reference
        self.inputs = [v for v, node in enumerate(network.nodes) if node.is_input]
        self.sizes = {v: node.width for v, node in enumerate(network.nodes)}

    def keys(self, lags):
        """The blocks of parameters behind frames of these lags, with their widths."""
        if self.kind == "rate":
            low, high = min(min(lags), self.reference), max(max(lags), self.reference)
            lags = [lag for lag in range(low, high + 1) if lag != self.reference]
        found = {}
        for v in self.inputs:
            for lag in lags:
                found["input", v, lag] = self.sizes[v]
            if self.domain:
                found["domain", v] = self.sizes[v]
        if self.target_radius:
            for v in self.network.outputs:
                for lag in lags:
                    found["target", v, lag] = self.sizes[v]
        return found

    def frame(self, lag, numbers, parameters):
        """Inputs and targets of one lag, `numbers` making a vector of what is added up."""
        if self.kind == "window":
            steps = [lag]
        else:
            side = 1 if lag > self.reference else -1
            steps = list(range(self.reference + side, lag + side, side)) if lag != self.reference else []

        def vector(name, v, radius, middle):
            total = numbers.constant(middle)
            for step in steps:
                if radius:
                    total = total + numbers.scaled(radius, parameters[name, v, step])
            return total

        inputs, targets = {}, {}
        for v in self.inputs:
            inputs[v] = vector("input", v, self.radius, self.nominal[0][v])
            if self.domain:
                inputs[v] = inputs[v] + numbers.scaled(self.domain, parameters["domain", v])
        for v in self.network.outputs:
            targets[v] = vector("target", v, self.target_radius, self.nominal[1][v])
        return inputs, targets

    def holds(self, frames, lags):
        """Whether the frames of a stream, by lag, belong to the family; lags are those that are read."""
        if self.domain:
            return True  # some nominal frame of the domain would have to be found: left to the reader
        for part, nodes, radius in [(0, self.inputs, self.radius), (1, self.network.outputs, self.target_radius)]:
            for v in nodes:
                if self.kind == "window":
                    for lag in lags:
                        if any(abs(x - y) > radius for x, y in zip(frames(lag)[part][v], self.nominal[part][v])):
                            return False
                    continue
                if list(frames(self.reference)[part][v]) != list(self.nominal[part][v]):
                    return False
                for lag in range(max(lags | {self.reference})):
                    if any(abs(x - y) > radius for x, y in zip(frames(lag)[part][v], frames(lag + 1)[part][v])):
                        return False
        return True


class FloatNumbers:
    @staticmethod
    def constant(vector):
        return np.array([[as_float(x) for x in vector]])

    @staticmethod
    def scaled(radius, block):
        return as_float(radius) * block


class ExactNumbers:
    def __init__(self, kind):
        self.number = kind.number

    def constant(self, vector):
        return np.array([self.number(x) for x in vector], dtype=object)

    def scaled(self, radius, block):
        return np.array([self.number(radius * exact(float(p))) for p in block], dtype=object)
