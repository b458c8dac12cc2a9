"""Update minus gradient by a recursion over (node, lag), in floats for many points or exactly for one."""

from numbers import Rational

import mpmath
import numpy as np

from check_bounds.network import as_float, exact

mpmath.mp.dps = 60


class Evaluation:
    """One edge's update minus one frame's gradient, in whichever numbers `kind` has; frames by lag, asked for as needed."""

    def __init__(self, network, schedule, kind, frame):
        self.network, self.schedule, self.kind = network, schedule, kind
        self.known = {}
        self.frame = lambda lag: self.once(("frame", lag), lambda: frame(lag))

    def once(self, key, make):
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def drive_from(self, node, activity):
        network, total = self.network, None
        for e in network.incoming[node]:
            part = self.kind.product(activity(e), network.weight(self.kind, e).T)
            total = part if total is None else total + part
        bias = network.bias(self.kind, node)
        return bias if total is None else total + bias

    def activity(self, node, lag):
        if self.network.nodes[node].is_input:
            return self.frame(lag)[0][node]
        return self.once(("x", node, lag), lambda: self.kind.value(
            self.network.nodes[node].activation, self.drive(node, lag + self.schedule.s[node])))

    def drive(self, node, lag):
        edges, f = self.network.edges, self.schedule.f
        return self.once(("a", node, lag), lambda: self.drive_from(
            node, lambda e: self.activity(edges[e].source, lag + f[e])))

    def static(self, lag):
        """Drives, activities and deltas of backprop at one frame."""
        return self.once(("static", lag), lambda: self.static_pass(lag))

    def static_pass(self, lag):
        network, (inputs, targets) = self.network, self.frame(lag)
        drives, activities = {}, dict(inputs)
        for node in network.order:
            if not network.nodes[node].is_input:
                drives[node] = self.drive_from(node, lambda e: activities[network.edges[e].source])
                activities[node] = self.kind.value(network.nodes[node].activation, drives[node])
        deltas, injected = {}, {}
        for node in reversed(network.order):
            if network.nodes[node].is_input:
                continue
            slope = self.kind.slope(network.nodes[node].activation, drives[node])
            total = 0 * drives[node]
            for e in network.outgoing[node]:
                total = total + self.kind.product(deltas[network.edges[e].target], network.weight(self.kind, e))
            if node in network.outputs:
                injected[node] = slope * (activities[node] - targets[node])
            deltas[node] = slope * total + injected.get(node, 0)
        return drives, activities, deltas, injected

    def wave_frames(self, node, lag):
        return {lag + back + self.schedule.wave[o] for o, back in self.schedule.backward_lags(node)}

    def delta(self, node, lag, frame=None):
        """δ of a node; under the frame-consistent rule the part of it that belongs to one frame."""
        return self.once(("delta", node, lag, frame), lambda: self.new_delta(node, lag, frame))

    def new_delta(self, node, lag, frame):
        network, schedule = self.network, self.schedule
        if schedule.consistent and frame is None:
            return sum(self.delta(node, lag, j) for j in self.wave_frames(node, lag))
        activation, total = network.nodes[node].activation, 0
        for e in network.outgoing[node]:
            later = self.delta(network.edges[e].target, lag + schedule.b[e], frame)
            if not isinstance(later, int):
                total = total + self.kind.product(later, network.weight(self.kind, e))
        if not isinstance(total, int):
            drive = self.static(frame)[0][node] if schedule.consistent else self.drive(node, lag + schedule.m[node])
            total = self.kind.slope(activation, drive) * total
        if node in network.outputs and (frame is None or frame == lag + schedule.wave[node]):
            if schedule.closed:
                residual = self.activity(node, lag + schedule.n[node]) - self.frame(lag + schedule.q[node])[1][node]
                slope = self.kind.slope(activation, self.drive(node, lag + schedule.r[node]))
                total = total + slope * residual
            else:
                total = total + self.static(lag + schedule.q[node])[3][node]
        return total

    def error(self, edge, reference):
        entry, schedule = self.network.edges[edge], self.schedule
        drives, activities, deltas, _ = self.static(reference)
        gradient = self.kind.outer(deltas[entry.target], activities[entry.source])
        delta = self.delta(entry.target, schedule.d[edge])
        if isinstance(delta, int):
            return 0 * gradient - (gradient if schedule.backward_lags(entry.target) else 0)
        return self.kind.outer(delta, self.activity(entry.source, schedule.p[edge])) - gradient


class Floats:
    """float64, a row per point."""

    name = "float"
    product = staticmethod(lambda x, w: x @ w)
    outer = staticmethod(lambda d, x: d[:, :, None] * x[:, None, :])

    number = staticmethod(as_float)

    @staticmethod
    def value(activation, drive):
        return activation.floats(drive)

    @staticmethod
    def slope(activation, drive):
        return activation.float_slopes(drive)


class Exact:
    """Fractions where they suffice, else mpmath's 60 digits; one point, as vectors of objects."""

    name = "exact"
    product = staticmethod(lambda x, w: x.dot(w))
    outer = staticmethod(lambda d, x: np.outer(d, x))

    def __init__(self, rational):
        self.name = "rational" if rational else "digits"
        self.number = (lambda v: v) if rational else (lambda v: mpmath.mpf(v.numerator) / v.denominator)

    def value(self, activation, drive):
        return np.array([activation.value(a) for a in drive], dtype=object)

    def slope(self, activation, drive):
        return np.array([activation.slope(a) for a in drive], dtype=object)


def size(error, norm):
    """Of every point's matrix, in floats."""
    flat = error.reshape(error.shape[0], -1)
    if flat.shape[1] == 0:
        return np.zeros(flat.shape[0])
    return np.abs(flat).max(axis=1) if norm == "max" else np.sqrt((flat**2).sum(axis=1))


def exact_size(error, norm):
    flat = [abs(x) for x in error.ravel()]
    if norm == "max":
        return max(flat, default=exact(0))
    total = sum(x * x for x in flat)
    return mpmath.sqrt(mpmath.mpf(total.numerator) / total.denominator if isinstance(total, Rational) else total)


def exceeds(value, bound):
    """value > bound: exactly for fractions; where 60 digits were computed with, by more than the last ten of them."""
    if isinstance(value, Rational):
        return value > bound
    return value - mpmath.mpf(10) ** -50 * abs(value) > mpmath.mpf(bound.numerator) / bound.denominator
