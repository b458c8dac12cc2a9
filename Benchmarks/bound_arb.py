"""Peer arb-mvf: the mean-value form with an interval Jacobian in Arb balls of 53 bits. Sound.

Entry (i, j) of the error is e = delta_i(b) x_j(f) - delta_i(s) x_j(s). At the centre all three frames are one, so e = 0,
and over the box |e| <= V (|x_j| |grad delta_i|_1 + |delta_i| |grad x_j|_1 + |delta_i grad x_j + x_j grad delta_i|_1),
every factor enclosed over the box; never more than the width of the ball of delta_i x_j. Every intermediate ball is cut
with its own mean-value form, which is what keeps the Jacobian narrow.

With relu, delta jumps where a drive changes its sign, and the mean-value theorem holds only for given slopes: the slopes
of the waves b and s are then unknowns of their own in [0, 1], and the value at the centre is enclosed over them. For given
slopes delta is Lipschitz in the frame, with the enclosed Jacobian.
"""
import flint

flint.ctx.prec = 53
ZERO, ONE, HALF = flint.arb(0), flint.arb(1), flint.arb(0.5)
INFLECTION = 1 / flint.arb(3).sqrt()
UNIT = flint.arb(0, 1)
size = flint.arb.abs_upper


def rational(value):
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def column(values):
    return flint.arb_mat(len(values), 1, values)


def diagonal(values):
    n = len(values)
    entries = [ZERO] * (n * n)
    entries[::n + 1] = values
    return flint.arb_mat(n, n, entries)


def norms(matrix):
    """Upper bounds of the 1-norms of the rows."""
    return [sum(map(size, row), ZERO) for row in matrix.table()]


def bend(t):
    return -2 * t * (1 - t * t)


PEAK = bend(INFLECTION)


def tanh_range(first, last):
    """tanh, tanh', tanh'' for t = tanh(a) between first and last: from the ends and the extrema that may lie between."""
    slope = (1 - first * first).union(1 - last * last)
    if not (first > 0 or last < 0):
        slope = slope.union(ONE)
    curvature = bend(first).union(bend(last))
    if not (first > INFLECTION or last < INFLECTION):
        curvature = curvature.union(PEAK)
    if not (first > -INFLECTION or last < -INFLECTION):
        curvature = curvature.union(-PEAK)
    return first.union(last), slope, curvature


def tanh_curve(low, high):
    return tanh_range(low.tanh(), high.tanh())


def logistic_curve(low, high):
    """(1 + tanh(a / 2)) / 2."""
    value, slope, curvature = tanh_range((HALF * low).tanh(), (HALF * high).tanh())
    return HALF + HALF * value, HALF * HALF * slope, HALF * HALF * HALF * curvature


def relu_curve(low, high):
    if low > 0:
        return low.union(high), ONE, ZERO
    if high <= 0:
        return ZERO, ZERO, ZERO
    return ZERO.union(high), ZERO.union(ONE), ZERO


CURVES = {"tanh": tanh_curve, "logistic": logistic_curve, "relu": relu_curve,
          "identity": lambda low, high: (low.union(high), ONE, ZERO)}


class MeanValueForm:
    name, version, sound = "arb-mvf", f"python-flint {flint.__version__}", True

    def __init__(self, chain, edges):
        self.edges = edges
        matrix = lambda rows: flint.arb_mat([[rational(v) for v in row] for row in rows])
        self.weights = [matrix(w) for w in chain.weights]
        self.transposes = [w.transpose() for w in self.weights]
        self.biases = [column([rational(v) for v in b]) for b in chain.biases]
        self.curves = [CURVES[kind] for kind in chain.activations]
        self.kinked = [kind == "relu" for kind in chain.activations]
        self.target = column([rational(v) for v in chain.target])
        self.unit = diagonal([ONE] * len(chain.point))
        self.states, self.drives, self.slopes = [column([rational(v) for v in chain.point])], [], []
        for w, bias, curve in zip(self.weights, self.biases, self.curves):
            self.drives.append(w * self.states[-1] + bias)
            value, slope, _ = self._curves(curve, self.drives[-1])
            self.states.append(column(value))
            self.slopes.append(diagonal(slope))
        self.backward = self._centre(self.slopes)

    @staticmethod
    def _curves(curve, drive):
        return zip(*[curve(a.lower(), a.upper()) for a in drive.entries()])

    def _centre(self, slopes):
        """What comes back to each layer at the centre, and delta: under the given slopes."""
        back, backs, deltas = self.states[-1] - self.target, [], []
        for slope, transpose in zip(slopes[::-1], self.transposes[::-1]):
            backs.append(back)
            deltas.append(slope * back)
            back = transpose * deltas[-1]
        return backs[::-1], deltas[::-1]

    @staticmethod
    def _cut(ball, centre, rows, radius):
        """Inside both the natural enclosure and the mean-value form; rows are the 1-norms of the Jacobian's rows."""
        unit = UNIT * radius
        return column([a.intersection(c + unit * n) for a, c, n in zip(ball.entries(), centre.entries(), rows)])

    def bound(self, radius):
        """Upper bounds, one exact Arb number an edge, of the largest entry of the error."""
        radius = rational(radius).upper()
        state = self.states[0] + column([UNIT * radius] * self.unit.nrows())
        state_jacobian, forward, crossed = self.unit, [], -1
        state_norms = [ONE] * self.unit.nrows()
        for k, curve in enumerate(self.curves):
            drive_jacobian = self.weights[k] * state_jacobian
            drive = self._cut(self.weights[k] * state + self.biases[k], self.drives[k], norms(drive_jacobian), radius)
            value, slope, curvature = self._curves(curve, drive)
            if self.kinked[k] and not all(v.is_exact() for v in slope):
                crossed = k
            scale = diagonal(slope)
            forward.append((state, state_jacobian, state_norms, scale, curvature, drive_jacobian))
            state_jacobian = scale * drive_jacobian
            state_norms = norms(state_jacobian)
            state = self._cut(column(value), self.states[k + 1], state_norms, radius)
        backs, deltas = self.backward
        if crossed >= 0:
            backs, deltas = self._centre([step[3] if kink else s for step, kink, s in
                                          zip(forward, self.kinked, self.slopes)])
        wanted, result = set(self.edges), {}
        back, back_jacobian = state - self.target, state_jacobian
        for k in range(len(self.weights) - 1, min(wanted) - 1, -1):
            state, state_jacobian, state_norms, scale, curvature, drive_jacobian = forward[k]
            back = self._cut(back, backs[k], norms(back_jacobian), radius)
            delta_jacobian = scale * back_jacobian
            if not self.kinked[k]:
                delta_jacobian += diagonal([c * p for c, p in zip(curvature, back.entries())]) * drive_jacobian
            rows = norms(delta_jacobian)
            delta = self._cut(scale * back, deltas[k], rows, radius)
            if k in wanted:
                centre = deltas[k] if k <= crossed else None
                result[k] = self._edge(k, (state, state_jacobian, state_norms), (delta, delta_jacobian, rows), radius, centre)
            back, back_jacobian = self.transposes[k] * delta, self.transposes[k] * delta_jacobian
        return [result[edge] for edge in self.edges]

    def _edge(self, k, forward, backward, radius, centre):
        """Only the largest entry is wanted: what the triangle inequality already keeps below it is left out."""
        (state, state_jacobian, state_norms), (delta, delta_jacobian, delta_norms) = forward, backward
        deltas, delta_sizes, largest = delta.entries(), list(map(size, delta.entries())), ZERO
        if centre is not None:
            jumps, centres = [2 * v.rad() for v in centre.entries()], list(map(size, self.states[k].entries()))
        for j, (x, row, norm) in enumerate(zip(state.entries(), state_jacobian.table(), state_norms)):
            x_size, mixed = size(x), None
            for i, d in enumerate(deltas):
                natural = 2 * (d * x).rad()
                if natural <= largest:
                    continue
                apart = x_size * delta_norms[i] + delta_sizes[i] * norm
                jump = ZERO if centre is None else jumps[i] * centres[j]
                if (2 * radius * apart + jump).upper() <= largest:
                    continue
                if mixed is None:
                    mixed = (delta * flint.arb_mat(1, len(row), row) + delta_jacobian * x).table()
                entry = (radius * sum(map(size, mixed[i]), apart) + jump).upper()
                largest = max(largest, min(entry, natural.upper()))
        return largest
