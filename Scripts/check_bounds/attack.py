"""Points against a bound, and the printed witness replayed."""

from numbers import Rational

import mpmath
import numpy as np

from check_bounds.evaluation import Evaluation, Exact, Floats, exact_size, exceeds, size
from check_bounds.family import ExactNumbers, FloatNumbers
from check_bounds.network import as_float, exact


class Attack:
    """One edge under one variation against one reference frame."""

    def __init__(self, network, schedule, family, edge, norm, limits, seed):
        self.network, self.schedule, self.family = network, schedule, family
        # What no error may exceed, by name; the printed upper bound first.
        self.edge, self.norm, self.limits, self.upper = edge, norm, limits, limits[0][1]
        self.random = np.random.default_rng(seed)
        self.lags = self.read_lags()
        self.checked, self.largest, self.seen = 0, 0.0, set()

    def read_lags(self):
        """Which frames an evaluation asks for."""
        asked = set()

        def frame(lag):
            asked.add(lag)
            return self.family_zero(lag)

        Evaluation(self.network, self.schedule, Floats, frame).error(self.edge, self.family.reference)
        if min(asked) < 0:
            raise SystemExit(f"the update of edge {self.edge} reads the future")
        return asked

    def family_zero(self, lag):
        inputs = {v: np.zeros((1, self.family.sizes[v])) for v in self.family.inputs}
        return inputs, {v: np.zeros((1, self.family.sizes[v])) for v in self.network.outputs}

    def floats(self, parameters):
        evaluation = Evaluation(
            self.network, self.schedule, Floats, lambda lag: self.family.frame(lag, FloatNumbers, parameters))
        count = next(iter(parameters.values())).shape[0] if parameters else 1
        with np.errstate(all="ignore"):
            sizes = size(evaluation.error(self.edge, self.family.reference), self.norm)
        return np.broadcast_to(sizes, (count,))

    def at(self, parameters, index):
        """The error at one point, exactly or with 60 digits."""
        kind = Exact(self.network.is_rational)
        point = {key: block[index] for key, block in parameters.items()}
        evaluation = Evaluation(
            self.network, self.schedule, kind, lambda lag: self.family.frame(lag, ExactNumbers(kind), point))
        return exact_size(evaluation.error(self.edge, self.family.reference), self.norm)

    def run(self, parameters):
        """Every point whose float error is near a limit is looked at again; returns the first that is above one."""
        sizes = self.floats(parameters)
        is_finite = np.isfinite(sizes)
        is_near = is_finite & (sizes > min(as_float(limit) for _, limit in self.limits) * (1 - 2.0**-20))
        self.largest = max(self.largest, float(sizes[is_finite & ~is_near].max(initial=0)))
        # Beyond floats a few are looked at without their advice.
        for index in [*np.flatnonzero(is_near), *np.flatnonzero(~is_finite)[:3]]:
            mark = b"".join(block[index].tobytes() for block in parameters.values())
            if mark in self.seen:
                continue
            self.seen.add(mark)
            self.checked += 1
            value = self.at(parameters, index)
            self.largest = max(self.largest, as_float(value))
            for name, limit in self.limits:
                if exceeds(value, limit):
                    return value, {str(key): list(block[index]) for key, block in parameters.items()}, name, limit
        return None

    def draw(self, count, near=None):
        """Thirds: vertices, near the given point, uniform."""
        keys = self.family.keys(self.lags)
        parameters = {}
        kinds = np.arange(count) % 3
        share = self.random.random((count, 1))
        for key, width in keys.items():
            block = self.random.uniform(-1, 1, (count, width))
            signs = np.where(self.random.random((count, width)) < 0.5, -1.0, 1.0)
            block[kinds == 0] = signs[kinds == 0]
            if near is not None and key in near:
                moved = np.where(self.random.random((count, width)) < 0.5 * share**2, block, near[key][None, :])
                nudge = np.clip(near[key] + share**8 * block, -1, 1)
                moved = np.where(self.random.random((count, 1)) < 0.5, moved, nudge)
                block[kinds == 1] = moved[kinds == 1]
            parameters[key] = block
        return parameters

    def climb(self, near, rounds):
        """Coordinate search from a point: all moves of one coordinate at once, the best one taken."""
        keys = self.family.keys(self.lags)
        point = {k: near[k] if near and k in near else np.sign(self.random.uniform(-1, 1, w)) for k, w in keys.items()}
        places = [(key, column) for key, width in keys.items() for column in range(width)]
        step, best = 2.0, -1.0
        for _ in range(rounds):
            count = 2 * len(places) + 1
            parameters = {key: np.repeat(block[None, :], count, axis=0) for key, block in point.items()}
            for index, (key, column) in enumerate(places):
                for sign in (0, 1):
                    row = 2 * index + sign
                    moved = parameters[key][row, column] + (step if sign else -step)
                    parameters[key][row, column] = min(max(moved, -1), 1)
            sizes = np.nan_to_num(self.floats(parameters))
            top = int(sizes.argmax())
            if sizes[top] > best:
                best, point = float(sizes[top]), {key: block[top] for key, block in parameters.items()}
            elif step > 2.0**-20:
                step /= 2 if step > 0.25 else 8
            else:
                break
        return point

    def size_at(self, point):
        """The error at one point, in floats."""
        return float(np.nan_to_num(self.floats({key: block[None, :] for key, block in point.items()}))[0])

    def parameters_of(self, frames):
        """The point of the family that a stream's frames are, in floats; for windows and rates round one nominal frame."""
        near = {}
        for key, width in self.family.keys(self.lags).items():
            if key[0] == "domain":
                near[key] = np.zeros(width)
                continue
            part, radius = (0, self.family.radius) if key[0] == "input" else (1, self.family.target_radius)
            _, v, lag = key
            if self.family.kind == "window":
                before = self.family.nominal[part][v]
            else:
                before = frames(lag + (-1 if lag > self.family.reference else 1))[part][v]
            moved = [float((x - y) / radius) if radius else 0.0 for x, y in zip(frames(lag)[part][v], before)]
            near[key] = np.clip(np.array(moved), -1, 1)
        return near


def stream_frames(network, stream, tick):
    """The frames of a stream by lag, before tick 0 that of tick 0."""

    def frame(lag):
        at = max(0, tick - lag)
        inputs = {v: [exact(x) for x in stream["inputs"][node.name][at]]
                  for v, node in enumerate(network.nodes) if node.is_input}
        return inputs, {v: [exact(x) for x in stream["targets"][network.nodes[v].name][at]] for v in network.outputs}

    return frame


def replay(attack, bound):
    """The printed witness: what is wrong with it, or nothing."""
    network, witness, lower = attack.network, bound["witness"], exact(bound["lower"])
    if lower > attack.upper:
        return f"lower {as_float(lower)} is above upper {as_float(attack.upper)}"
    frames = stream_frames(network, witness["stream"], witness["tick"])
    reference = witness["tick"] - witness["referenceTick"]
    if reference != attack.family.reference:
        return f"its reference frame has lag {reference}, not {attack.family.reference}"
    if not attack.family.holds(frames, attack.lags):
        return "its frames are not within the variation"
    kind = Exact(network.is_rational)

    def numbers(lag):
        return tuple({v: np.array([kind.number(x) for x in block], dtype=object) for v, block in part.items()}
                     for part in frames(lag))

    value = exact_size(Evaluation(network, attack.schedule, kind, numbers).error(attack.edge, reference), attack.norm)
    attained = bound["attained"]
    ends = [exact(attained)] * 2 if isinstance(attained, str) else [exact(x) for x in attained]
    if isinstance(value, Rational):
        right = ends[0] <= value <= ends[1]
    else:
        # 60 digits round too: a few units of the last of them, of the largest number that cancels.
        slack = mpmath.mpf(10) ** -50 * max(1, abs(value))
        low, high = (mpmath.mpf(x.numerator) / x.denominator for x in ends)
        right = low - slack <= value <= high + slack
    if not right:
        return f"its error is {mpmath.nstr(mpmath.mpf(1) * value, 40) if not isinstance(value, Rational) else value}, not {attained}"
    return None if ends[0] == lower else f"lower {lower} is not the attained {attained}"
