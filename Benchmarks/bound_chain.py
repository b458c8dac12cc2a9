"""A chain in the waveproof-network format as exact rationals, and its float64 evaluation with first derivatives.

The nominal point is row 0 of the inputs and of the targets of the point file. Delays are not read: in a chain with a closed
loop the frames of both waves differ at every edge whatever they are, and the reference frame is a third.

Shapes: layer l = 1...L has weights[l-1] of n_l x n_(l-1); edge l-1 carries the update delta_l x_(l-1)^T.
"""
import json
import pathlib
from fractions import Fraction

import numpy

ACTIVATIONS = ("identity", "relu", "tanh", "logistic")


class BadInput(Exception):
    """The place and what to do about it; the command exits with status 65."""


def exact(value):
    """A string is exact, a bare number is the double it denotes."""
    return Fraction(value)


class Chain:
    """weights, biases, point and target are exact; edges are named from->to."""

    def __init__(self, path, point_path=None):
        path = pathlib.Path(path)
        point_path = pathlib.Path(point_path) if point_path else path.with_name(path.name[:-5] + ".at.json")
        try:
            model, point = json.loads(path.read_text()), json.loads(point_path.read_text())
            self.name = model.get("name", path.stem)
            if "layers" in model:
                self._shorthand(model)
            else:
                self._graph(model, path)
            self.point = [exact(v) for v in next(iter(point["inputs"].values()))[0]]
            self.target = [exact(v) for v in next(iter(point["targets"].values()))[0]]
        except (OSError, ValueError, KeyError, StopIteration, TypeError, IndexError) as problem:
            raise BadInput(f"{path} with {point_path}: {problem!r}; needs a chain with weights, inputs and targets") from problem
        widths = [len(self.point)] + [len(w) for w in self.weights]
        for layer, (w, bias, kind) in enumerate(zip(self.weights, self.biases, self.activations)):
            if any(len(row) != widths[layer] for row in w) or len(bias) != len(w):
                raise BadInput(f"{path}: edge {self.edges[layer]}: weight and bias do not fit widths {widths}")
            if kind not in ACTIVATIONS:
                raise BadInput(f"{path}: activation {kind!r} of layer {layer + 1}: one of {', '.join(ACTIVATIONS)}")
        if len(self.target) != widths[-1]:
            raise BadInput(f"{point_path}: target of width {len(self.target)} for an output of width {widths[-1]}")

    def _shorthand(self, model):
        depth = len(model["layers"]) - 1
        self.activations = model.get("activations") or [model.get("activation", "identity")] * depth
        self.weights = [[[exact(v) for v in row] for row in w] for w in model["weights"]]
        self.biases = [[exact(v) for v in b] for b in model.get("biases") or [[0] * len(w) for w in self.weights]]
        self.edges = [f"layer{k}->layer{k + 1}" for k in range(depth)]
        for key, value in (("weights", self.weights), ("biases", self.biases), ("activations", self.activations)):
            if len(value) != depth:
                raise ValueError(f'"{key}" has {len(value)} entries for {depth} layers')

    def _graph(self, model, path):
        if len(model["inputs"]) != 1 or len(model["edges"]) != len(model["nodes"]):
            raise BadInput(f"{path}: not a chain: needs one input and one edge into every node")
        nodes = {node["name"]: node for node in model["nodes"]}
        leaving = {edge["from"]: edge for edge in model["edges"]}
        at = model["inputs"][0]["name"]
        self.weights, self.biases, self.activations, self.edges = [], [], [], []
        while at in leaving and len(self.edges) < len(nodes):
            edge = leaving[at]
            at = edge["to"]
            self.edges.append(f"{edge['from']}->{at}")
            self.weights.append([[exact(v) for v in row] for row in edge["weight"]])
            self.biases.append([exact(v) for v in nodes[at].get("bias", [0] * len(edge["weight"]))])
            self.activations.append(nodes[at].get("activation", "identity"))
        if len(self.edges) != len(nodes) or model.get("outputs") != [at]:
            raise BadInput(f"{path}: not a chain from its input to its one output")

    def chosen(self, names):
        unknown = [name for name in names if name not in self.edges]
        if unknown:
            raise BadInput(f"{self.name}: no edge {unknown[0]!r}; there are {', '.join(self.edges)}")
        return [k for k, name in enumerate(self.edges) if not names or name in names]


def curve(kind, a):
    """sigma, sigma', sigma'' at a; at a kink the derivative is the one from the left."""
    if kind == "tanh":
        t = numpy.tanh(a)
        return t, 1 - t * t, -2 * t * (1 - t * t)
    if kind == "logistic":
        s = 0.5 + 0.5 * numpy.tanh(0.5 * a)
        return s, s * (1 - s), s * (1 - s) * (1 - 2 * s)
    if kind == "relu":
        return numpy.maximum(a, 0), (a > 0).astype(float), numpy.zeros_like(a)
    return a, numpy.ones_like(a), numpy.zeros_like(a)


class FloatChain:
    """The same chain in float64, for many frames at once; its figures are rounded, so it decides nothing."""

    def __init__(self, chain):
        make = lambda rows: numpy.array([[float(v) for v in row] for row in rows])
        self.weights = [make(w) for w in chain.weights]
        self.biases = [numpy.array([float(v) for v in b]) for b in chain.biases]
        self.activations = chain.activations
        self.point = numpy.array([float(v) for v in chain.point])
        self.target = numpy.array([float(v) for v in chain.target])

    def waves(self, frames):
        """frames m x n_0: x[l] of m x n_l for l < L and delta[l] of m x n_(l+1), indexed by edge."""
        states, slopes = [frames], []
        for w, bias, kind in zip(self.weights, self.biases, self.activations):
            value, slope, _ = curve(kind, states[-1] @ w.T + bias)
            states.append(value)
            slopes.append(slope)
        deltas = [slopes[-1] * (states[-1] - self.target)]
        for w, slope in zip(self.weights[:0:-1], slopes[-2::-1]):
            deltas.append(slope * (deltas[-1] @ w))
        return states[:-1], deltas[::-1]

    def slopes(self, frames):
        """As waves, and the Jacobians of x and delta to the frame: m x n_l x n_0."""
        m, n = frames.shape
        states, jacobians, local = [frames], [numpy.broadcast_to(numpy.eye(n), (m, n, n))], []
        for w, bias, kind in zip(self.weights, self.biases, self.activations):
            value, first, second = curve(kind, states[-1] @ w.T + bias)
            drive = w @ jacobians[-1]
            local.append((first, second, drive))
            states.append(value)
            jacobians.append(first[:, :, None] * drive)
        back, back_jacobian = states[-1] - self.target, jacobians[-1]
        deltas, delta_jacobians = [], []
        for w, (first, second, drive) in zip(self.weights[::-1], local[::-1]):
            deltas.append(first * back)
            delta_jacobians.append(first[:, :, None] * back_jacobian + (second * back)[:, :, None] * drive)
            back, back_jacobian = deltas[-1] @ w, w.T @ delta_jacobians[-1]
        return states[:-1], jacobians[:-1], deltas[::-1], delta_jacobians[::-1]
