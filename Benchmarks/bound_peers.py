#!/usr/bin/env python3
"""Error bounds by other means, to be set beside this library's: one JSON line per network, variation V and peer.

An edge's figure bounds max_ij |delta_i(b) x_j(f) - delta_i(s) x_j(s)| with all three frames distinct and anywhere in the
sup-norm box of radius V around the nominal input, targets fixed: `--error closed --slope frame-consistent --reference free`.

    arb-mvf          mean-value form, interval Jacobian in Arb at 53 bits; sound
    crown            auto_LiRPA in float64 on the error entries of all three frames; not sound
    crown-decoupled  the same for delta_i, x_j and G_ij of one frame, then joined; not sound
    attained         local search in float64: an error that occurs (up to rounding), not a bound

    pip install -r Benchmarks/requirements-bounds.txt
    python3 Benchmarks/bound_peers.py NAME.json... [--variation V]... [--edge E]... [--peer P]... [--check]

The nominal input and targets are read from NAME.at.json. "seconds" is the best of several calls that give all chosen edges
at once; "setupSeconds" (weights converted, graph traced) is apart, as is reading the file.
"""
import argparse
import importlib
import json
import math
import subprocess
import sys
import time
from fractions import Fraction

from bound_chain import BadInput, Chain

PEERS = {"arb-mvf": ("bound_arb", "MeanValueForm"), "crown": ("bound_crown", "Crown"),
         "crown-decoupled": ("bound_crown", "DecoupledCrown"), "attained": ("bound_attained", "Attained")}


def best_time(run, repetitions, budget=2.0):
    """The result, the best time and how many calls it is the best of; a long call is not repeated beyond the budget."""
    best, start, count = math.inf, time.perf_counter(), 0
    while count < repetitions and (count == 0 or time.perf_counter() - start < budget):
        before = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - before)
        count += 1
    return result, best, count


def double_above(value, sound):
    """For printing: not below a sound bound, which is an exact Arb number."""
    return math.nextafter(float(value), math.inf) if sound else float(value)


def variation(text):
    value = Fraction(text)
    if value < 0:
        raise ValueError
    return value


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="+", metavar="NAME.json")
    parser.add_argument("--variation", action="append", type=variation, help="radius V, exact; default 0.1, 0.01, 0.001")
    parser.add_argument("--edge", action="append", default=[], help="from->to; default: every edge")
    parser.add_argument("--peer", action="append", choices=PEERS, help="default: all")
    parser.add_argument("--repeat", type=int, default=20, help="a time is the best of so many calls (or of 2 seconds)")
    parser.add_argument("--check", action="store_true", help="also compare with exact evaluation (bound_check.py)")
    parser.add_argument("--json", metavar="FILE", help="also write all lines as one array")
    parser.add_argument("--waveproof", metavar="EXE", help="the built WaveProofBenchmarks, measured in the same run")
    options = parser.parse_args()
    options.variation = options.variation or [Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)]
    options.peer = options.peer or list(PEERS)
    if options.repeat < 1:
        parser.error("--repeat: at least 1")
    return options


def measure(chain, edges, name, options):
    peer_class = getattr(importlib.import_module(PEERS[name][0]), PEERS[name][1])
    peer, setup, _ = best_time(lambda: peer_class(chain, edges), 3)
    for radius in options.variation:
        uppers, seconds, count = best_time(lambda: peer.bound(radius), 1 if name == "attained" else options.repeat)
        values = [double_above(v, peer.sound) for v in uppers]
        yield {"network": chain.name, "variation": str(radius), "peer": name, "version": peer.version, "sound": peer.sound,
               "edges": {chain.edges[edge]: v for edge, v in zip(edges, values)}, "max": max(values),
               "seconds": seconds, "bestOf": count, "setupSeconds": setup}


def own(path, chain, options):
    """This project's first rungs, by forms alone and with backward bounds; both sound."""
    for rung in ("forms", "backward"):
        for radius in options.variation:
            output = subprocess.run([options.waveproof, "bound", path, path.removesuffix(".json") + ".at.json", str(radius), rung],
                                    capture_output=True, text=True, check=True).stdout
            result = json.loads(output)
            yield {"network": chain.name, "variation": str(radius), "peer": "waveproof-" + rung, "version": "this", "sound": True,
                   "max": result["max"], "seconds": result["seconds"], "bestOf": result["repetitions"]}


def check(chain, edges, rows):
    """The number of failures; says on stderr what failed, and by how much the unsound peers fall short."""
    import flint

    from bound_arb import CURVES
    from bound_attained import Attained
    from bound_check import attained, curve_failures, gradient_failures
    failures = gradient_failures(chain, edges)
    for edge in failures:
        print(f"CHECK {chain.name} {chain.edges[edge]}: delta x^T is not the loss's derivative", file=sys.stderr)
    missed = curve_failures({kind: CURVES[kind] for kind in sorted(set(chain.activations))})
    for kind in missed:
        print(f"CHECK {chain.name}: a range of {kind} or its derivatives misses a value", file=sys.stderr)
    failed, search, compared, short = len(failures) + len(missed), Attained(chain, edges), 0, {}
    for radius in sorted({Fraction(row["variation"]) for row in rows}):
        for witness in search.witnesses(radius):
            edge = chain.edges[witness.edge]
            try:
                error = attained(chain, witness, radius)
            except ArithmeticError as problem:
                print(f"check {chain.name} {edge} V = {radius}: not compared: {problem}", file=sys.stderr)
                continue
            for row in (row for row in rows if Fraction(row["variation"]) == radius and row["peer"] != "attained"):
                upper, compared = row["edges"][edge], compared + 1
                if flint.arb(upper) >= error:
                    continue
                by = float(1 - flint.arb(upper) / error)
                short[row["peer"]] = max(by, short.get(row["peer"], 0))
                failed += row["sound"]
                if row["sound"]:
                    print(f"CHECK {chain.name} {edge} V = {radius}: {row['peer']} is exceeded by {by:.2g}", file=sys.stderr)
    below = "".join(f"; {peer} falls short of an attained error by up to {by:.2g} of it" for peer, by in short.items())
    print(f"check {chain.name}: {len(edges)} derivatives, {compared} bounds against attained errors, {failed} failures{below}",
          file=sys.stderr)
    return failed


def main():
    options, lines, failed = arguments(), [], 0
    try:
        for path in options.networks:
            chain = Chain(path)
            edges, rows = chain.chosen(options.edge), []
            for name in options.peer:
                for row in measure(chain, edges, name, options):
                    print(json.dumps(row), flush=True)
                    rows.append(row)
            failed += check(chain, edges, rows) if options.check else 0
            lines += rows
            for row in own(path, chain, options) if options.waveproof else ():
                print(json.dumps(row), flush=True)
                lines.append(row)
    except BadInput as problem:
        print(f"error: {problem}", file=sys.stderr)
        sys.exit(65)
    if options.json:
        with open(options.json, "w") as file:
            file.write(json.dumps(lines, indent=1) + "\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
