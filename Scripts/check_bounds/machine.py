"""The tick machine in Fractions, with weights that may learn, by the recursion of docs/formats.md: no lags, no normal form."""

import numpy as np

from check_bounds.evaluation import Exact
from check_bounds.network import exact

KIND = Exact(rational=True)


def static_pass(network, weights, inputs, targets):
    """Activities and deltas of backprop at one frame, at given weights."""
    drives, activities = {}, {v: np.array(x, dtype=object) for v, x in inputs.items()}
    for v in network.order:
        if not network.nodes[v].is_input:
            drives[v] = network.bias(KIND, v) + sum(
                (weights[e].dot(activities[network.edges[e].source]) for e in network.incoming[v]),
                np.zeros(network.nodes[v].width, dtype=object))
            activities[v] = KIND.value(network.nodes[v].activation, drives[v])
    deltas, injected = {}, {}
    for v in reversed(network.order):
        if network.nodes[v].is_input:
            continue
        total = sum((weights[e].T.dot(deltas[network.edges[e].target]) for e in network.outgoing[v]),
                    np.zeros(network.nodes[v].width, dtype=object))
        slope = KIND.slope(network.nodes[v].activation, drives[v])
        if v in network.outputs:
            injected[v] = slope * (activities[v] - np.array(targets[v], dtype=object))
        deltas[v] = slope * total + injected.get(v, 0)
    return drives, activities, deltas, injected


def gradient(network, weights, edges, inputs, targets):
    """Of the sum over edges that share a weight; of one edge, its own."""
    _, activities, deltas, _ = static_pass(network, weights, inputs, targets)
    return sum(np.outer(deltas[network.edges[e].target], activities[network.edges[e].source]) for e in edges)


class Versions:
    """Which version each pass reads: docs/theory.md, weight versions."""

    def __init__(self, network, schedule, policy, side, period):
        edges = network.edges
        self.policy, self.period = policy, period
        arrival = [schedule.drive_lags(edge.target) for edge in edges]
        trips = [self.trips(network, schedule, edge.target) for edge in edges]
        self.start = [self.first(network, schedule, e) for e in range(len(edges))]
        self.forward, self.backward = [0] * len(edges), [0] * len(edges)
        single = lambda values: next(iter(values), 0)  # noqa: E731
        if policy == "current" and side == "receiver":
            self.backward = [-b for b in schedule.b]
        if policy == "stashed":
            self.backward = [single(t) for t in trips]
        if policy == "vertical":
            # The least S ≥ 0 for which no pass reads what is still to come.
            common = 0
            while any(single(a) + period * (common + 1) - c - 1 < 0 for a, c in zip(arrival, self.start)):
                common += 1
            self.forward = [single(a) + period * (common + 1) - c - 1 for a, c in zip(arrival, self.start)]
            self.backward = [f + single(t) for f, t in zip(self.forward, trips)]

    def trips(self, network, schedule, node):
        found = {schedule.n[node] + schedule.s[node]} if node in network.outputs else set()
        for e in network.outgoing[node]:
            later = self.trips(network, schedule, network.edges[e].target)
            found |= {t + schedule.f[e] + schedule.b[e] + schedule.s[node] for t in later}
        return found

    def first(self, network, schedule, edge):
        """The greatest lag of an input or an output in the edge's update."""
        entry = network.edges[edge]
        latest = [back + max(schedule.activity_lags(o)) + schedule.n[o] for o, back in schedule.backward_lags(entry.target)]
        return max(max(schedule.activity_lags(entry.source)) + schedule.p[edge], max(latest, default=0) + schedule.d[edge], 0)

    def changes(self, edge, tick):
        return tick >= self.start[edge] and (tick - self.start[edge]) % self.period == 0


class Machine:
    """x, δ and updates at every tick; frames before tick 0 are that of tick 0, and so is the state."""

    def __init__(self, network, schedule, stream, versions=None, rate=None, classes=()):
        self.network, self.schedule, self.stream = network, schedule, stream
        self.initial = [network.weight(KIND, e) for e in range(len(network.edges))]
        self.versions, self.rate, self.classes = versions, rate, classes
        self.history = [[w] for w in self.initial]
        self.counts = [[0] for _ in self.initial]
        self.known, self.statics = {}, {}

    def frame(self, tick):
        inputs, targets = self.stream
        tick = max(tick, 0)
        return {v: rows[tick] for v, rows in inputs.items()}, {v: rows[tick] for v, rows in targets.items()}

    def static(self, tick):
        tick = max(tick, 0)
        if tick not in self.statics:
            self.statics[tick] = static_pass(self.network, self.initial, *self.frame(tick))
        return self.statics[tick]

    def weight(self, edge, tick):
        if self.rate is None:
            return self.initial[edge]
        return self.history[edge][self.counts[edge][max(tick, 0)]]

    def read(self, edge, tick, kind):
        return self.weight(edge, tick - (getattr(self.versions, kind)[edge] if self.rate is not None else 0))

    def once(self, key, make):
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def drive(self, v, tick):
        if tick < 0:
            return self.static(0)[0][v]
        network, schedule = self.network, self.schedule
        return self.once(("a", v, tick), lambda: network.bias(KIND, v) + sum(
            (self.read(e, tick, "forward").dot(self.activity(network.edges[e].source, tick - schedule.f[e]))
             for e in network.incoming[v]), np.zeros(network.nodes[v].width, dtype=object)))

    def activity(self, v, tick):
        if self.network.nodes[v].is_input:
            return np.array(self.frame(tick)[0][v], dtype=object)
        if tick < 0:
            return self.static(0)[1][v]
        return self.once(("x", v, tick), lambda: KIND.value(
            self.network.nodes[v].activation, self.drive(v, tick - self.schedule.s[v])))

    def delta(self, v, tick):
        if tick < 0:
            return self.static(0)[2][v]
        return self.once(("d", v, tick), lambda: self.new_delta(v, tick))

    def new_delta(self, v, tick):
        if self.schedule.consistent:
            waves = self.waves(v, tick)
            return sum(waves.values(), np.zeros(self.network.nodes[v].width, dtype=object))
        network, schedule = self.network, self.schedule
        activation, total = network.nodes[v].activation, np.zeros(network.nodes[v].width, dtype=object)
        for e in network.outgoing[v]:
            sent = tick - schedule.b[e]
            total = total + self.read(e, sent, "backward").T.dot(self.delta(network.edges[e].target, sent))
        if network.outgoing[v]:
            total = KIND.slope(activation, self.drive(v, tick - schedule.m[v])) * total
        return total + self.injected(v, tick)

    def injected(self, v, tick):
        network, schedule = self.network, self.schedule
        if v not in network.outputs:
            return 0
        if not schedule.closed:
            return self.static(tick - schedule.q[v])[3][v]
        residual = self.activity(v, tick - schedule.n[v]) - np.array(self.frame(tick - schedule.q[v])[1][v], dtype=object)
        return KIND.slope(network.nodes[v].activation, self.drive(v, tick - schedule.r[v])) * residual

    def waves(self, v, tick):
        return self.once(("w", v, tick), lambda: self.new_waves(v, tick))

    def new_waves(self, v, tick):
        network, found = self.network, {}
        for e in network.outgoing[v]:
            for frame, wave in self.waves(network.edges[e].target, tick - self.schedule.b[e]).items():
                found[frame] = found.get(frame, 0) + self.initial[e].T.dot(wave)
        activation = network.nodes[v].activation
        found = {frame: KIND.slope(activation, self.static(frame)[0][v]) * wave for frame, wave in found.items()}
        if v in network.outputs:
            frame = tick - self.schedule.wave[v]
            found[frame] = found.get(frame, 0) + self.injected(v, tick)
        return found

    def update(self, edges, tick):
        """The sum over edges that share a weight."""
        network, schedule = self.network, self.schedule
        return sum(
            np.outer(self.delta(network.edges[e].target, tick - schedule.d[e]),
                     self.activity(network.edges[e].source, tick - schedule.p[e])) for e in edges)

    def learn(self, ticks, bits=20_000):
        """Runs until `ticks` ticks are over; false where numbers outgrow `bits`."""
        while len(self.counts[0]) - 1 < ticks:
            tick, steps = len(self.counts[0]) - 1, {}
            for e in range(len(self.network.edges)):
                if self.versions.changes(e, tick):
                    steps[e] = -self.rate * self.update([e], tick)
            for edges in self.classes:
                made = [steps[e] for e in edges if e in steps]
                if made:
                    steps.update({e: sum(made) for e in edges})
            for e in range(len(self.network.edges)):
                if e in steps:
                    self.history[e].append(self.history[e][-1] + steps[e])
                self.counts[e].append(len(self.history[e]) - 1)
            largest = max(max(int(exact(x).denominator).bit_length(), int(exact(x).numerator).bit_length())
                          for w in self.history for x in w[-1].ravel())
            if largest > bits:
                return False
        return True
