"""Networks, nominal frames and activations, read from the files alone (docs/formats.md)."""

import json
from fractions import Fraction
from numbers import Rational

import mpmath
import numpy as np

try:
    from gmpy2 import mpq as fast  # several times faster, where it is installed
except ImportError:
    fast = Fraction


def exact(value):
    """A number of a file: a string exactly, a bare number as the float that it is."""
    return fast(Fraction(value))


def as_float(number):
    """The nearest float, or infinity."""
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


class Activation:
    """σ and σ′, at one exact or 60-digit number and, elementwise, on arrays of floats; at a kink σ′ is that from the left."""

    def __init__(self, entry):
        name, numbers = (entry, None) if isinstance(entry, str) else next(iter(entry.items()))
        self.name = name
        self.pieces = None  # (starts, slopes, value at 0 of each piece) of a piecewise linear σ
        self.powers = {
            "identity": [0, 1], "square": [0, 0, 1], "quadratic": [0, 1, 1], "cubic": [0, 0, 0, 1],
        }.get(name)
        if name == "polynomial":
            self.powers = [exact(c) for c in numbers]
        if name == "relu":
            self.pieces = ([exact(0)], [exact(0), exact(1)], [exact(0)] * 2)
        if name == "leaky-relu":
            slope = exact(numbers) if numbers is not None else exact("1/100")
            self.pieces = ([exact(0)], [slope, exact(1)], [exact(0)] * 2)
        if name == "hard-tanh":
            self.pieces = self.clamped(exact(1), exact(0), exact(-1), exact(1))
        if name == "hard-sigmoid":
            alpha, beta = (exact(c) for c in numbers) if numbers else (exact("1/5"), exact("1/2"))
            self.pieces = self.clamped(alpha, beta, exact(0), exact(1))
        if name == "clip":
            self.pieces = self.clamped(exact(1), exact(0), *(None if c is None else exact(c) for c in numbers))
        self.is_rational = name not in ("tanh", "logistic")

    @staticmethod
    def clamped(alpha, beta, low, high):
        starts, slopes, heights = [], [alpha], [beta]
        if low is not None:
            starts, slopes, heights = [(low - beta) / alpha], [exact(0), alpha], [low, beta]
        if high is not None:
            starts, slopes, heights = starts + [(high - beta) / alpha], slopes + [exact(0)], heights + [high]
        return starts, slopes, heights

    def piece(self, a):
        """A point where a piece starts still belongs to the one before."""
        return sum(1 for start in self.pieces[0] if a > as_number(start, a))

    def value(self, a):
        if self.pieces:
            k = self.piece(a)
            return as_number(self.pieces[1][k], a) * a + as_number(self.pieces[2][k], a)
        if self.powers:
            return horner(self.powers, a)
        if self.name == "rational":
            return a / (1 + a * a)
        if self.name == "softsign":
            return a / (1 + abs(a))
        if self.name == "tanh":
            return mpmath.tanh(a)
        return 1 / (1 + mpmath.exp(-a))

    def slope(self, a):
        if self.pieces:
            return as_number(self.pieces[1][self.piece(a)], a)
        if self.powers:
            return horner(derivative(self.powers), a)
        if self.name == "rational":
            return (1 - a * a) / (1 + a * a) ** 2
        if self.name == "softsign":
            return 1 / (1 + abs(a)) ** 2
        if self.name == "tanh":
            return mpmath.sech(a) ** 2
        return mpmath.sech(a / 2) ** 2 / 4

    def floats(self, a):
        if self.pieces:
            k = self.float_pieces(a)
            return np.array([float(c) for c in self.pieces[1]])[k] * a + np.array([float(c) for c in self.pieces[2]])[k]
        if self.powers:
            return horner([float(c) for c in self.powers], a)
        if self.name == "rational":
            return a / (1 + a * a)
        if self.name == "softsign":
            return a / (1 + np.abs(a))
        return np.tanh(a) if self.name == "tanh" else 0.5 + 0.5 * np.tanh(a / 2)

    def float_slopes(self, a):
        if self.pieces:
            return np.array([float(c) for c in self.pieces[1]])[self.float_pieces(a)]
        if self.powers:
            return horner([float(c) for c in derivative(self.powers)], a) + 0 * a
        if self.name == "rational":
            return (1 - a * a) / (1 + a * a) ** 2
        if self.name == "softsign":
            return 1 / (1 + np.abs(a)) ** 2
        if self.name == "tanh":
            return 1 / np.cosh(np.clip(a, -350, 350)) ** 2
        return 0.25 / np.cosh(np.clip(a / 2, -350, 350)) ** 2

    def float_pieces(self, a):
        return np.searchsorted(np.array([float(c) for c in self.pieces[0]]), a, side="left")


def as_number(fraction, like):
    """A fraction as the kind of number that another one is."""
    return fraction if isinstance(like, Rational) else mpmath.mpf(fraction.numerator) / fraction.denominator


def derivative(powers):
    return [k * c for k, c in enumerate(powers)][1:] or [0]


def horner(coefficients, a):
    total = 0 * a
    for c in reversed(coefficients):
        total = total * a + (as_number(c, a) if isinstance(c, Rational) and not isinstance(a, np.ndarray) else c)
    return total


class Node:
    def __init__(self, name, width, is_input=False, activation="identity", bias=None):
        self.name, self.width, self.is_input = name, width, is_input
        self.activation = Activation(activation)
        self.bias = [exact(b) for b in bias] if bias else [exact(0)] * width


class Edge:
    def __init__(self, name, source, target, weight, delay=1, backward_delay=1):
        self.name, self.source, self.target = name, source, target
        self.weight, self.delay, self.backward_delay = weight, delay, backward_delay


class Network:
    """A DAG with weights; nodes by index, inputs first."""

    def __init__(self, path):
        self.nodes, self.edges, self.outputs = [], [], []
        self.is_onnx = path.endswith(".onnx")
        if self.is_onnx:
            from check_bounds.onnx_chain import layers

            self.chain(layers(path))
        else:
            with open(path) as file:
                entry = json.load(file)
            self.shorthand(entry) if "layers" in entry else self.read(entry)
        self.incoming = [[e for e, edge in enumerate(self.edges) if edge.target == v] for v in range(len(self.nodes))]
        self.outgoing = [[e for e, edge in enumerate(self.edges) if edge.source == v] for v in range(len(self.nodes))]
        self.order = self.sorted()
        self.is_rational = all(node.activation.is_rational for node in self.nodes)
        self.made = {}

    def read(self, entry):
        for node in entry["inputs"]:
            self.nodes.append(Node(node["name"], node["width"], is_input=True))
        for node in entry["nodes"]:
            self.nodes.append(Node(
                node["name"], node["width"], activation=node.get("activation", "identity"), bias=node.get("bias")))
        places = {node.name: index for index, node in enumerate(self.nodes)}
        for edge in entry["edges"]:
            self.add(
                places[edge["from"]], places[edge["to"]], [[exact(w) for w in row] for row in edge["weight"]],
                edge.get("delay", 1), edge.get("backwardDelay", 1))
        self.outputs = [places[name] for name in entry["outputs"]]

    def shorthand(self, entry):
        widths = entry["layers"]
        activations = entry.get("activations") or [entry.get("activation", "identity")] * (len(widths) - 1)
        biases = entry.get("biases") or [None] * (len(widths) - 1)
        self.chain([
            (f"layer{k}", width, activations[k - 1] if k else "identity", biases[k - 1] if k else None,
             [[exact(w) for w in row] for row in entry["weights"][k - 1]] if k else None)
            for k, width in enumerate(widths)])

    def chain(self, layers):
        for k, (name, width, activation, bias, weight) in enumerate(layers):
            self.nodes.append(Node(name, width, is_input=k == 0, activation=activation, bias=bias))
            if k:
                self.add(k - 1, k, weight)
        self.outputs = [len(self.nodes) - 1]

    def add(self, source, target, weight, delay=1, backward_delay=1):
        name = f"{self.nodes[source].name}->{self.nodes[target].name}"
        parallel = sum(1 for e in self.edges if (e.source, e.target) == (source, target))
        self.edges.append(Edge(
            name + (f"#{parallel + 1}" if parallel else ""), source, target, weight, delay, backward_delay))

    def sorted(self):
        order = []
        while len(order) < len(self.nodes):
            order += [v for v in range(len(self.nodes)) if v not in order
                      and all(self.edges[e].source in order for e in self.incoming[v])]
        return order

    def layers(self):
        layers = [0] * len(self.nodes)
        for v in self.order:
            layers[v] = max([1 + layers[self.edges[e].source] for e in self.incoming[v]], default=0)
        return layers

    def edge_numbers(self, entries):
        """Which edge each result is about: by name, or for chains of ONNX files by order."""
        if self.is_onnx:
            if len(entries) != len(self.edges):
                raise SystemExit(f"{len(entries)} edges in the result, {len(self.edges)} in the chain")
            return {entry["edge"]: index for index, entry in enumerate(entries)}
        return {edge.name: index for index, edge in enumerate(self.edges)}

    def nominal(self, path):
        """Inputs and targets of tick 0, by node."""
        inputs = {v: [exact(0)] * node.width for v, node in enumerate(self.nodes) if node.is_input}
        targets = {v: [exact(0)] * self.nodes[v].width for v in self.outputs}
        if path == "zero":
            return inputs, targets
        with open(path) as file:
            stream = json.load(file)
        for part, nodes in ((stream["inputs"], inputs), (stream.get("targets", {}), targets)):
            for v in nodes:
                rows = part.get(self.nodes[v].name)
                if rows is None and len(nodes) == 1 and len(part) == 1:
                    rows = next(iter(part.values()))
                if rows is not None:
                    nodes[v] = [exact(x) for x in rows[0]]
        return inputs, targets

    def weight(self, kind, edge):
        key = ("w", kind.name, edge)
        if key not in self.made:
            rows = [[kind.number(w) for w in row] for row in self.edges[edge].weight]
            shape = (self.nodes[self.edges[edge].target].width, self.nodes[self.edges[edge].source].width)
            self.made[key] = np.array(rows, dtype=float if kind.name == "float" else object).reshape(shape)
        return self.made[key]

    def bias(self, kind, node):
        key = ("b", kind.name, node)
        if key not in self.made:
            numbers = [kind.number(b) for b in self.nodes[node].bias]
            self.made[key] = np.array([numbers], dtype=float) if kind.name == "float" else np.array(numbers, dtype=object)
        return self.made[key]
