"""Peers crown and crown-decoupled: backward linear bounds (CROWN) by auto_LiRPA in float64. Not sound: nothing is rounded
outward, and widths are clamped inside the library.

crown bounds the error entries as functions of all three frames at once; crown-decoupled bounds delta_i, x_j and
G_ij = delta_i x_j of one frame and joins them: with distinct frames an entry is (delta_i x_j) - G_ij of independent parts.
"""
import numpy
import torch
from torch import nn

from bound_chain import FloatChain
# First of the two: it makes the library importable.
from bound_slopes import ACTIVATIONS, VERSION
from auto_LiRPA import BoundedModule, BoundedTensor, PerturbationLpNorm


class Graph(nn.Module):
    """The functions to bound, of the frame, or of the frames b, f, s side by side."""

    def __init__(self, chain, edges, joint):
        super().__init__()
        self.kinds, self.edges, self.joint, self.fixed = chain.activations, edges, joint, nn.ParameterList()
        self.target = self._fix(-chain.target)
        self.forwards = [self._linear(w, b) for w, b in zip(chain.weights, chain.biases)]
        self.backwards = [self._linear(w.T) for w in chain.weights]
        sizes = {edge: chain.weights[edge].shape for edge in edges}
        self.rows = {e: self._linear(numpy.kron(numpy.eye(n), numpy.ones((m, 1)))) for e, (n, m) in sizes.items()}
        self.columns = {e: self._linear(numpy.kron(numpy.ones((n, 1)), numpy.eye(m))) for e, (n, m) in sizes.items()}
        n = len(chain.point)
        self.frames = [self._linear(numpy.eye(3 * n)[k * n:(k + 1) * n]) for k in range(3)]

    def _fix(self, array):
        self.fixed.append(nn.Parameter(torch.tensor(numpy.ascontiguousarray(array)), requires_grad=False))
        return self.fixed[-1]

    def _linear(self, matrix, bias=None):
        weight, bias = self._fix(matrix), self._fix(numpy.zeros(len(matrix)) if bias is None else bias)
        return lambda v: nn.functional.linear(v, weight, bias)

    def waves(self, frame):
        states, slopes = [frame], []
        for forward, kind in zip(self.forwards, self.kinds):
            drive, (value, slope) = forward(states[-1]), ACTIVATIONS[kind]
            states.append(value(drive))
            slopes.append(slope and slope(drive))
        back, deltas = states[-1] + self.target, []
        for k in range(len(self.kinds) - 1, -1, -1):
            deltas.append(back if slopes[k] is None else slopes[k] * back)
            back = self.backwards[k](deltas[-1]) if k else None
        return states[:-1], deltas[::-1]

    def product(self, edge, delta, state):
        return self.rows[edge](delta[edge]) * self.columns[edge](state[edge])

    def forward(self, frame):
        if not self.joint:
            x, delta = self.waves(frame)
            parts = [[delta[e], self.product(e, delta, x)] + ([x[e]] if e else []) for e in self.edges]
            return torch.cat(sum(parts, []), dim=1)
        b, f, s = [self.waves(select(frame)) for select in self.frames]
        return torch.cat([self.product(e, b[1], f[0]) - self.product(e, s[1], s[0]) for e in self.edges], dim=1)


class Crown:
    """Setting up traces the graph and lets the library prepare it; bound only computes bounds on it."""
    name, version, sound, joint = "crown", VERSION, False, True

    def __init__(self, chain, edges):
        self.chain, self.edges = FloatChain(chain), edges
        self.point = torch.tensor(numpy.tile(self.chain.point, 3 if self.joint else 1))[None]
        self.bounded = BoundedModule(Graph(self.chain, edges, self.joint), torch.zeros_like(self.point),
                                     bound_opts={"conv_mode": "matrix"})

    def ranges(self, radius):
        box = BoundedTensor(self.point, PerturbationLpNorm(norm=numpy.inf, eps=radius))
        with torch.no_grad():
            low, high = self.bounded.compute_bounds(x=(box,), method="CROWN")
        return low[0].numpy(), high[0].numpy()

    def bound(self, radius):
        low, high = self.ranges(float(radius))
        sizes = [self.chain.weights[edge].size for edge in self.edges]
        return [float(part.max()) for part in numpy.split(numpy.maximum(-low, high), numpy.cumsum(sizes)[:-1])]


class DecoupledCrown(Crown):
    name, joint = "crown-decoupled", False

    def bound(self, radius):
        radius, result, offset = float(radius), [], 0
        low, high = self.ranges(radius)
        for edge in self.edges:
            n, m = self.chain.weights[edge].shape
            parts = [slice(offset, offset + n), slice(offset + n, offset + n + n * m)]
            delta = [end[parts[0]] for end in (low, high)]
            gradient_low, gradient_high = [end[parts[1]].reshape(n, m) for end in (low, high)]
            offset += n + n * m
            state = [self.chain.point - radius, self.chain.point + radius]
            if edge:
                state = [end[offset:offset + m] for end in (low, high)]
                offset += m
            corners = [numpy.multiply.outer(d, x) for d in delta for x in state]
            below, above = numpy.min(corners, axis=0), numpy.max(corners, axis=0)
            result.append(float(numpy.maximum(above - numpy.maximum(gradient_low, below),
                                              numpy.minimum(gradient_high, above) - below).max()))
        return result
