#!/usr/bin/env python3
"""Exact forward + backward + all gradients of one frame: this library beside python-flint, gmpy2 and SymPy.

One run measures everything, case by case, on the same drawn numbers, and compares the results: a time is printed only
if the fingerprints of all reduced gradient entries agree. Ratios are peer time / own time (above 1: the peer is slower);
"floor" is own time / (limb products x 0.45 ns).

    swift build -c release --package-path Benchmarks
    python3 Benchmarks/peers.py [--quick] [--json FILE]
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

import flint
import gmpy2
import sympy

MASK = (1 << 64) - 1
MODULUS = (1 << 61) - 1
BASE = 1_000_003
FLOOR_SECONDS = 0.45e-9
HERE = pathlib.Path(__file__).resolve().parent


class Draws:
    """SplitMix64, as in ExactRunCase.swift; numbers are (numerator, denominator), not reduced."""

    def __init__(self, kind):
        self.state = 2026
        self.kind = kind

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def number(self):
        bits = self.next()
        if self.kind == "dyadic":
            mantissa = (bits >> 11) | 1 << 52
            return (-mantissa if bits & 1 else mantissa) << (3 - (bits >> 1 & 3)), 1 << 56
        return bits % 19 - 9, (bits >> 32) % 9 + 1


def draw(width, depth, kind):
    draws = Draws(kind)
    weights = [[[draws.number() for _ in range(width)] for _ in range(width)] for _ in range(depth)]
    return weights, [draws.number() for _ in range(width)], [draws.number() for _ in range(width)]


def fingerprint(pairs):
    value = 0
    for numerator, denominator in pairs:
        value = (value * BASE + numerator) % MODULUS
        value = (value * BASE + denominator) % MODULUS
    return value


class ScaledFlint:
    """fmpz_mat: all numbers as integers over one known scale; the user keeps the scale."""

    name = "fmpz_mat"

    def __init__(self, weights, x, target, relu):
        self.scale = (1 << 56) if weights[0][0][0][1] == 1 << 56 else 2520
        integer = lambda pair: pair[0] * (self.scale // pair[1])
        n = self.n = len(x)
        self.weights = [flint.fmpz_mat(n, n, [integer(p) for row in w for p in row]) for w in weights]
        self.transposes = [w.transpose() for w in self.weights]
        self.x = flint.fmpz_mat(n, 1, [integer(p) for p in x])
        self.target = flint.fmpz_mat(n, 1, [integer(p) for p in target]) * self.scale ** len(weights)
        self.relu = relu

    def run(self):
        n, states = self.n, [self.x]
        for w in self.weights:
            a = w * states[-1]
            states.append(flint.fmpz_mat(n, 1, [v if v > 0 else 0 for v in a.entries()]) if self.relu else a)
        delta = states[-1] - self.target
        gradients = []
        for layer in range(len(self.weights) - 1, -1, -1):
            if self.relu:
                gate = states[layer + 1].entries()
                delta = flint.fmpz_mat(n, 1, [d if g > 0 else 0 for d, g in zip(delta.entries(), gate)])
            gradients.append(delta * states[layer].transpose())
            if layer:
                delta = self.transposes[layer] * delta
        return gradients[::-1]

    def pairs(self, gradients):
        depth = len(self.weights)
        for layer, gradient in enumerate(gradients):
            # x_l has scale^(l+1), the error scale^(depth+1), each step back one more.
            power = self.scale ** ((layer + 1) + (depth + 1) + (depth - 1 - layer))
            for entry in gradient.entries():
                reduced = flint.fmpq(entry, power)
                yield int(reduced.p), int(reduced.q)


class RationalFlint:
    name = "fmpq_mat"

    def __init__(self, weights, x, target, relu):
        make = lambda pair: flint.fmpq(*pair)
        n = self.n = len(x)
        self.weights = [flint.fmpq_mat(n, n, [make(p) for row in w for p in row]) for w in weights]
        self.transposes = [w.transpose() for w in self.weights]
        self.x = flint.fmpq_mat(n, 1, [make(p) for p in x])
        self.target = flint.fmpq_mat(n, 1, [make(p) for p in target])
        self.relu = relu

    def run(self):
        n, states = self.n, [self.x]
        for w in self.weights:
            a = w * states[-1]
            states.append(flint.fmpq_mat(n, 1, [v if v > 0 else 0 for v in a.entries()]) if self.relu else a)
        delta = states[-1] - self.target
        gradients = []
        for layer in range(len(self.weights) - 1, -1, -1):
            if self.relu:
                gate = states[layer + 1].entries()
                delta = flint.fmpq_mat(n, 1, [d if g > 0 else 0 for d, g in zip(delta.entries(), gate)])
            gradients.append(delta * states[layer].transpose())
            if layer:
                delta = self.transposes[layer] * delta
        return gradients[::-1]

    def pairs(self, gradients):
        for gradient in gradients:
            for entry in gradient.entries():
                yield int(entry.p), int(entry.q)


class Lists:
    """Plain loops over a Python number type."""

    def __init__(self, make, weights, x, target, relu):
        self.weights = [[[make(p) for p in row] for row in w] for w in weights]
        self.transposes = [list(map(list, zip(*w))) for w in self.weights]
        self.x = [make(p) for p in x]
        self.target = [make(p) for p in target]
        self.relu = relu

    def run(self):
        states = [self.x]
        for w in self.weights:
            a = [sum(c * v for c, v in zip(row, states[-1])) for row in w]
            states.append([v if v > 0 else v * 0 for v in a] if self.relu else a)
        delta = [v - t for v, t in zip(states[-1], self.target)]
        gradients = []
        for layer in range(len(self.weights) - 1, -1, -1):
            if self.relu:
                delta = [d if g > 0 else d * 0 for d, g in zip(delta, states[layer + 1])]
            gradients.append([d * v for d in delta for v in states[layer]])
            if layer:
                delta = [sum(c * d for c, d in zip(row, delta)) for row in self.transposes[layer]]
        return gradients[::-1]

    def pairs(self, gradients):
        for gradient in gradients:
            for entry in gradient:
                yield int(entry.numerator), int(entry.denominator)


class Gmpy(Lists):
    name = "gmpy2"

    def __init__(self, *data):
        super().__init__(lambda pair: gmpy2.mpq(*pair), *data)


class SymPy(Lists):
    name = "sympy"

    def __init__(self, *data):
        super().__init__(lambda pair: sympy.Rational(*pair), *data)

    def pairs(self, gradients):
        for gradient in gradients:
            for entry in gradient:
                yield int(entry.p), int(entry.q)


def best_time(run):
    best, start, repetitions = float("inf"), time.perf_counter(), 0
    while repetitions < 3 or (time.perf_counter() - start < 0.3 and repetitions < 1000):
        before = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - before)
        repetitions += 1
        if time.perf_counter() - start > 5:
            break
    return best


def own(width, depth, kind, activation):
    folder = HERE / ".build" / "release" / "WaveProofBenchmarks"
    arguments = [str(folder), "exact-run", str(width), str(depth), kind, activation]
    return json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="widths 8 and 32, depths 3 and 7")
    parser.add_argument("--json", help="also write the measurements here")
    options = parser.parse_args()
    widths, depths = ([8, 32], [3, 7]) if options.quick else ([8, 16, 32, 64], [3, 5, 7, 9])
    print("| numbers | activation | width | depth | own, ms | × floor | fmpz_mat | fmpq_mat | gmpy2 | sympy |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    rows, failures = [], 0
    for kind in ("dyadic", "rational"):
        for activation in ("identity", "relu"):
            for width in widths:
                for depth in depths:
                    mine = own(width, depth, kind, activation)
                    data = draw(width, depth, kind)
                    scaled = best_time(ScaledFlint(*data, activation == "relu").run)
                    # Once more in turn, so that another program's burst does not decide the ratio that matters most.
                    again = own(width, depth, kind, activation)
                    mine["seconds"] = min(mine["seconds"], again["seconds"])
                    floor = mine["limbProducts"] * FLOOR_SECONDS
                    row = {"numbers": kind, "activation": activation, "width": width, "depth": depth,
                           "seconds": mine["seconds"], "floorRatio": mine["seconds"] / floor}
                    for peer in (ScaledFlint, RationalFlint, Gmpy, SymPy):
                        if peer is SymPy and (width > 8 or depth > 5):
                            continue
                        system = peer(*data, activation == "relu")
                        if fingerprint(system.pairs(system.run())) != mine["fingerprint"]:
                            print(f"DIFFERENT RESULTS: {peer.name} on {row}", file=sys.stderr)
                            failures += 1
                            continue
                        seconds = best_time(system.run)
                        row[peer.name] = (min(seconds, scaled) if peer is ScaledFlint else seconds) / mine["seconds"]
                    rows.append(row)
                    cells = [f"{row[name]:.1f}" if name in row else "" for name in
                             ("fmpz_mat", "fmpq_mat", "gmpy2", "sympy")]
                    print(f"| {kind} | {activation} | {width} | {depth} | {1e3 * row['seconds']:.3f} "
                          f"| {row['floorRatio']:.1f} | " + " | ".join(cells) + " |", flush=True)
    for activation in ("identity", "relu"):
        ratios = [r["fmpz_mat"] for r in rows if r["activation"] == activation and "fmpz_mat" in r]
        print(f"\n{activation}: fmpz_mat / own from {min(ratios):.2f} to {max(ratios):.2f}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=1) + "\n")
    sys.exit(1 if failures else 0)


main()
