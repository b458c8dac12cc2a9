"""Checks of the peers against exact evaluation in Arb at 256 bits. Nothing is compared with a recorded figure.

* What is bounded is the right quantity: delta x^T encloses the derivative of the loss by each weight, the latter got another
  way, from truncated power series in that weight alone.
* The ranges of sigma, sigma' and sigma'' over an interval hold their values, by truncated power series, at points of it.
* The search's frames, clipped exactly into the box and evaluated with enclosures, must not exceed a sound peer's bound; for
  the others the shortfall is reported, as they promise nothing.
"""
import contextlib
import random
from fractions import Fraction

import flint

BITS = 256


@contextlib.contextmanager
def precision(bits):
    before, flint.ctx.prec = flint.ctx.prec, bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def enclose(value):
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def tanh(a):
    return 1 - 2 / ((2 * a).exp() + 1)


VALUES = {"identity": lambda a: a, "tanh": tanh, "logistic": lambda a: 1 / ((-a).exp() + 1),
          "relu": lambda a: a if a > 0 else a * 0}
SLOPES = {"identity": lambda a: flint.arb(1), "tanh": lambda a: 1 - a.tanh() ** 2,
          "logistic": lambda a: VALUES["logistic"](a) * (1 - VALUES["logistic"](a)),
          "relu": lambda a: flint.arb(1 if a > 0 else 0)}


def waves(chain, frame):
    """x and delta of a frame of rationals, by edge. A relu drive that is 0 has slope 0; one that cannot be told from 0 is an
    ArithmeticError."""
    states, slopes = [[enclose(v) for v in frame]], []
    for w, bias, kind in zip(chain.weights, chain.biases, chain.activations):
        drive = [sum((enclose(c) * v for c, v in zip(row, states[-1])), enclose(b)) for row, b in zip(w, bias)]
        if kind == "relu" and any(a.contains(0) and not a.is_zero() for a in drive):
            raise ArithmeticError("a relu drive too near its kink to tell its sign")
        states.append([VALUES[kind](a) for a in drive])
        slopes.append([SLOPES[kind](a) for a in drive])
    back, deltas = [v - enclose(t) for v, t in zip(states[-1], chain.target)], []
    for w, slope in zip(chain.weights[::-1], slopes[::-1]):
        deltas.append([s * p for s, p in zip(slope, back)])
        back = [sum((enclose(row[k]) * d for row, d in zip(w, deltas[-1])), flint.arb(0)) for k in range(len(w[0]))]
    return states[:-1], deltas[::-1]


def loss_derivative(chain, frame, edge, i, j):
    """Of the quadratic loss by weight (i, j) of the edge: the coefficient of z when z is added to that weight."""
    state = [flint.arb_series([enclose(v), 0]) for v in frame]
    for k, (w, bias, kind) in enumerate(zip(chain.weights, chain.biases, chain.activations)):
        drive = []
        for row_index, (row, b) in enumerate(zip(w, bias)):
            a = flint.arb_series([enclose(b), 0])
            for column, c in enumerate(row):
                weight = [enclose(c), 1 if (k, row_index, column) == (edge, i, j) else 0]
                a += flint.arb_series(weight) * state[column]
            drive.append(a)
        state = [(a if a[0] > 0 else a * 0) if kind == "relu" else VALUES[kind](a) for a in drive]
    loss = sum(((v - enclose(t)) ** 2 for v, t in zip(state, chain.target)), flint.arb_series([0, 0])) / 2
    return loss[1]


def clipped(frame, point, radius):
    """A frame of doubles as rationals, exactly inside the box."""
    return [min(max(Fraction(float(v)), p - radius), p + radius) for v, p in zip(frame, point)]


def gradient_failures(chain, edges, seed=1):
    """Edges where delta x^T and the loss's derivative are disjoint at a random frame and entry."""
    draw, failures = random.Random(seed), []
    with precision(BITS):
        flint.ctx.cap = 2
        for edge in edges:
            frame = [v + Fraction(draw.randint(-999, 999), 10007) for v in chain.point]
            i, j = draw.randrange(len(chain.weights[edge])), draw.randrange(len(chain.weights[edge][0]))
            states, deltas = waves(chain, frame)
            if not (deltas[edge][i] * states[edge][j]).overlaps(loss_derivative(chain, frame, edge, i, j)):
                failures.append(edge)
    return failures


def curve_failures(curves, seed=1, count=200):
    """Names of ranges (low, high) -> (sigma, sigma', sigma'') that miss a value inside the interval."""
    draw, failures = random.Random(seed), set()
    for name, curve in curves.items():
        for _ in range(count):
            low, high = sorted(flint.arb(draw.randint(-4000, 4000)) / 1024 for _ in range(2))
            ranges = curve(low, high)
            with precision(BITS):
                flint.ctx.cap = 3
                for part in range(1, 64):
                    point = low + (high - low) * part / 64
                    variable = flint.arb_series([point, 1])
                    if name == "relu":
                        series = variable if point > 0 else variable * 0
                    else:
                        series = VALUES[name](variable)
                    values = series[0], series[1], 2 * series[2]
                    if not all(r.overlaps(v) for r, v in zip(ranges, values)):
                        failures.add(name)
    return sorted(failures)


def attained(chain, witness, radius):
    """A rational below the absolute error at the witness, rigorous."""
    with precision(BITS):
        (_, b), (f, _), (x, d) = (waves(chain, clipped(frame, chain.point, radius))
                                  for frame in (witness.b, witness.f, witness.s))
        i, j, k = witness.i, witness.j, witness.edge
        return abs(b[k][i] * f[k][j] - d[k][i] * x[k][j]).lower()
