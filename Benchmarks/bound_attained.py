"""Peer attained: a local search in float64 for a large error. Orientation only: neither rigorous nor the supremum.

With three distinct frames entry (i, j) is delta_i(b) x_j(f) - G_ij(s), G_ij = delta_i x_j: its extremes are those of three
functions of one frame each. So delta_i, x_j and G_ij are pushed up and down over the box, all of them at once: from random
points and sign vertices, by gradient ascent, by steps to the vertex that the gradient points to, and by coordinate flips.
"""
from typing import NamedTuple

import numpy

from bound_chain import FloatChain


class Witness(NamedTuple):
    """Frames at which entry (i, j) of the edge's error has, up to rounding, the given absolute value."""

    edge: int
    i: int
    j: int
    error: float
    b: numpy.ndarray
    f: numpy.ndarray
    s: numpy.ndarray


class Attained:
    name, version, sound = "attained", f"numpy {numpy.__version__}", False

    def __init__(self, chain, edges, seed=1, samples=4000):
        self.chain, self.edges, self.seed, self.samples = FloatChain(chain), edges, seed, samples

    def bound(self, radius):
        """One attained error an edge, the largest found over its entries."""
        return [witness.error for witness in self.witnesses(radius)]

    def witnesses(self, radius):
        search = _Search(self.chain, float(radius), self.edges, numpy.random.default_rng(self.seed))
        search.sample(self.samples)
        for _ in range(3):
            for step in (None, 1.0, 0.5, 0.2, 0.05, None, 0.01):
                search.ascend(step)
            search.flip()
        return search.witnesses()


class _Search:
    """best[k] is the largest value found of function k, at frame arg[k]; every function appears with both signs.

    The order within an edge: delta_i, x_j, G_ij (row-major).
    """

    def __init__(self, chain, radius, edges, generator):
        self.chain, self.radius, self.edges, self.generator = chain, radius, edges, generator
        values = self._values(chain.point[None])[0]
        self.best = numpy.concatenate([values, -values])
        self.arg = numpy.repeat(chain.point[None], len(self.best), axis=0)
        self.count = len(values)

    def _values(self, frames):
        states, deltas = self.chain.waves(frames)
        parts = []
        for edge in self.edges:
            x, d = states[edge], deltas[edge]
            parts += [d, x, (d[:, :, None] * x[:, None, :]).reshape(len(frames), -1)]
        return numpy.concatenate(parts, axis=1)

    def _keep(self, frames):
        """Offers every frame to every function."""
        values = self._values(frames)
        for sign, start in ((1, 0), (-1, self.count)):
            signed = sign * values
            at = signed.argmax(axis=0)
            value = signed[at, numpy.arange(self.count)]
            better = numpy.flatnonzero(value > self.best[start:start + self.count])
            self.best[start + better] = value[better]
            self.arg[start + better] = frames[at[better]]

    def sample(self, count):
        point, n = self.chain.point, len(self.chain.point)
        uniform = self.generator.uniform(-1, 1, (count, n))
        self._keep(point + self.radius * uniform)
        self._keep(point + self.radius * numpy.sign(uniform))

    def _gradients(self):
        """Of function k at arg[k], signed so that it points upwards; computed in slices to bound the memory."""
        result, columns = numpy.empty_like(self.arg), numpy.arange(len(self.arg)) % self.count
        for start in range(0, len(self.arg), 1024):
            rows = slice(start, min(start + 1024, len(self.arg)))
            states, jacobians, deltas, delta_jacobians = self.chain.slopes(self.arg[rows])
            offset, columns_here = 0, columns[rows]
            for edge in self.edges:
                x, d, jx, jd = states[edge], deltas[edge], jacobians[edge], delta_jacobians[edge]
                local = columns_here - offset
                n, m = d.shape[1], x.shape[1]
                for k in numpy.flatnonzero((local >= 0) & (local < n + m + n * m)):
                    c = local[k]
                    if c < n:
                        g = jd[k, c]
                    elif c < n + m:
                        g = jx[k, c - n]
                    else:
                        i, j = divmod(c - n - m, m)
                        g = d[k, i] * jx[k, j] + x[k, j] * jd[k, i]
                    result[start + k] = g
                offset += n + m + n * m
        result[self.count:] *= -1
        return result

    def ascend(self, step):
        """step in units of the radius along the gradient's direction, then clipped; None goes straight to its vertex."""
        gradients, point, radius = self._gradients(), self.chain.point, self.radius
        if step is None:
            moved = numpy.where(gradients == 0, self.arg, point + radius * numpy.sign(gradients))
        else:
            scale = numpy.abs(gradients).max(axis=1, keepdims=True)
            moved = self.arg + step * radius * gradients / numpy.where(scale == 0, 1, scale)
            moved = numpy.clip(moved, point - radius, point + radius)
        self._keep(moved)

    def flip(self):
        """Each coordinate in turn to either end of its interval."""
        for k in range(len(self.chain.point)):
            for end in (-self.radius, self.radius):
                moved = self.arg.copy()
                moved[:, k] = self.chain.point[k] + end
                self._keep(moved)

    def witnesses(self):
        offset, result = 0, []
        widths = [len(self.chain.point)] + [len(b) for b in self.chain.biases]
        for edge in self.edges:
            m, n = widths[edge], widths[edge + 1]
            candidates = (self._witness(edge, offset, i, j, n, m) for i in range(n) for j in range(m))
            result.append(max(candidates, key=lambda witness: witness.error))
            offset += n + m + n * m
        return result

    def _witness(self, edge, offset, i, j, n, m):
        """The best product delta_i(b) x_j(f) against the best G_ij(s), both ways round."""
        d, x, g = offset + i, offset + n + j, offset + n + m + i * m + j
        end = lambda k: ((self.best[k], k), (-self.best[self.count + k], self.count + k))
        products = [(a * c, p, q) for a, p in end(d) for c, q in end(x)]
        (high, at_high), (low, at_low) = end(g)
        error, b, f, s = max([(max(products)[0] - low, *max(products)[1:], at_low),
                              (high - min(products)[0], *min(products)[1:], at_high)])
        return Witness(edge, i, j, float(error), self.arg[b], self.arg[f], self.arg[s])
