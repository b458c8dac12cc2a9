#!/usr/bin/env python3
"""Tries to break the bounds that `waveproof bound --format json` printed, by a road of its own.

Reads the network and the nominal frame itself, works out the lags itself, and evaluates update minus gradient at random
frames of the family: in float64 by its own recursion, and every point whose float error is within 2^-20 of the printed
`upper` again, exactly (rational activations) or with 60 digits (mpmath). One point above `upper` is an exit status of 1,
and is printed. The printed witness is replayed: its frames must lie in the family, and its error must be `lower`.

    waveproof bound MODEL --at FILE --variation 0.01 --format json -o bound.json
    Scripts/check-bounds.py MODEL bound.json --at FILE --points 100000

Needs numpy and mpmath, is faster with gmpy2; for ONNX files (chains only) also onnx. Nothing of this project is used.
"""

import argparse
import json
import sys
from numbers import Rational

import mpmath

from check_bounds.attack import Attack, replay, stream_frames
from check_bounds.family import Family
from check_bounds.network import Network, as_float, exact
from check_bounds.schedule import Schedule


def reference_lags(schedule, edge, reference, read, fill, kind):
    if reference == "error":
        return sorted(schedule.error_lags(edge))
    if reference == "input":
        return sorted(schedule.input_lags(edge))
    if reference == "now":
        return [0]
    lags = list(range(fill + 1))
    if kind == "rate":
        return lags
    # Frames that the update does not read are alike: one of them.
    other = [lag for lag in lags if lag not in read][:1]
    return [lag for lag in lags if lag in read] + other


def check(arguments):
    network = Network(arguments.model)
    with open(arguments.result) as file:
        result = json.load(file)
    entry = result["schedule"]
    schedule = Schedule(network, entry.get("name"), entry.get("slope"), entry.get("error"), arguments.schedule)
    nominal, domain = network.nominal(arguments.at), exact(0)
    if arguments.domain:
        low, high = (exact(end) for end in arguments.domain.split(","))
        nominal = ({v: [(low + high) / 2] * len(x) for v, x in nominal[0].items()}, nominal[1])
        domain = (high - low) / 2

    def attack(edge, bound, lag, limits):
        family = Family(
            network, nominal, domain, bound["kind"], exact(bound["variation"]), exact(bound["target"]), lag)
        return Attack(network, schedule, family, edge, result["norm"], limits, arguments.seed)

    bad = 0
    names = network.edge_numbers(result["edges"])
    probe = {"kind": "window", "variation": "1", "target": "0"}
    whole = [attack(edge, probe, 0, [("", exact(1))]).lags for edge in range(len(network.edges))]
    fill = max(max(lags) for lags in whole)
    for entry in result["edges"]:
        edge = names[entry["edge"]]
        for place, bound in enumerate(entry["bounds"]):
            label = f"{entry['edge']}  V = {bound['variation']}"
            limits = limits_of(entry, place, bound, result["norm"])
            lags = reference_lags(schedule, edge, result["reference"], whole[edge], fill, bound["kind"])
            points, checked, largest, plain = 0, 0, 0.0, 0.0
            for lag in lags:
                one, near = attack(edge, bound, lag, limits), None
                if bound.get("witness") and lag == bound["reference"]:
                    wrong = replay(one, bound)
                    if wrong:
                        print(f"{label}: the witness is wrong: {wrong}")
                        bad += 1
                    near = one.parameters_of(stream_frames(
                        network, bound["witness"]["stream"], bound["witness"]["tick"]))
                for _ in range(arguments.starts):
                    plain = max(plain, one.size_at(one.climb(None, arguments.rounds)))
                rest = -(-arguments.points // len(lags))
                if not (one.family.radius or one.family.target_radius or domain):
                    rest = min(rest, 1)
                found = None
                for climb in range(arguments.climbs):
                    point = one.climb(near if climb == 0 else None, arguments.rounds)
                    near = point if near is None else near
                    found = found or one.run({key: block[None, :] for key, block in point.items()})
                while rest > 0 and not found:
                    count = min(rest, arguments.chunk)
                    found = one.run(one.draw(count, near))
                    rest -= count
                    points += count
                checked += one.checked
                largest = max(largest, one.largest)
                if found:
                    value, point, name, limit = found
                    print(f"{label}: ABOVE {name} {limit}\n  the error is {text(value)} against the frame of lag {lag}, "
                          f"at the parameters {point}")
                    bad += 1
            below = below_of(entry, bound)
            if below is not None and below > limits[0][1]:
                print(f"{label}: c1 V - c2 V^2 is above the upper bound")
                bad += 1
            upper = as_float(limits[0][1])
            share = largest / upper if upper else (0.0 if largest == 0 else float("inf"))
            if arguments.starts:
                lower = as_float(exact(bound["lower"]))
                print(f"{label}: plain search / lower = {plain / lower if lower else 0.0:.9f}")
            if not arguments.quiet:
                print(f"{entry['edge']:<12} V = {bound['variation']:<10} {points} points, {checked} looked at again, "
                      f"largest / upper = {share:.6f}, {len(limits)} limits", flush=True)
    return bad


def limits_of(entry, place, bound, norm):
    """What no error of this edge may exceed: the upper bound, the constant of theorem 8, and the law of --function."""
    limits = [("the upper bound", exact(bound["upper"]))]
    constants = entry.get("global") or []
    if place < len(constants) and constants[place].get("upper") is not None:
        limits.append(("the constant of theorem 8", exact(constants[place]["upper"])))
    function, radius = entry.get("function"), exact(bound["variation"])
    target = exact(bound["target"])
    if function and function.get("c2") is not None and radius <= exact(function["validUpTo"]):
        law = upper_end(function["c1"]) * radius + exact(function["c2"]) * radius**2
        moving = function.get("target")
        if target and moving and target <= exact(moving["validUpTo"]):
            law += upper_end(moving["d1"]) * target + exact(moving["mixed"]) * radius * target + exact(moving["d2"]) * target**2
        if not target or (moving and target <= exact(moving["validUpTo"])):
            limits.append(("the law of first order", law))
    return limits


def upper_end(number):
    return exact(number if isinstance(number, str) else number[1])


def below_of(entry, bound):
    """c1 V - c2 V^2, where the function is proved at V."""
    function, radius = entry.get("function"), exact(bound["variation"])
    if exact(bound["target"]) or not function or function.get("c2") is None or radius > exact(function["validUpTo"]):
        return None
    c1 = function["c1"]
    return exact(c1 if isinstance(c1, str) else c1[0]) * radius - exact(function["c2"]) * radius**2


def text(value):
    return str(value) if isinstance(value, Rational) and len(str(value)) < 100 else mpmath.nstr(
        mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Rational) else value, 40)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="the network: JSON, or ONNX for chains")
    parser.add_argument("result", help="what `waveproof bound --format json` printed about it")
    parser.add_argument("--at", default="zero", help="the nominal frame: tick 0 of a JSON stream, or zero")
    parser.add_argument("--domain", help="LO,HI, as for bound")
    parser.add_argument("--schedule", help="the schedule file, where one was used")
    parser.add_argument("--points", type=int, default=100_000, help="per edge and variation")
    parser.add_argument("--climbs", type=int, default=1, help="coordinate searches, the first from the witness")
    parser.add_argument("--starts", type=int, default=0, help="plain searches from random vertices, compared with `lower`")
    parser.add_argument("--rounds", type=int, default=200, help="of one search")
    parser.add_argument("--chunk", type=int, default=10_000, help="points at once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="violations only")
    arguments = parser.parse_args()
    sys.set_int_max_str_digits(0)
    bad = check(arguments)
    print("violations: " + str(bad) if bad else "no point is above its bound, and every witness attains")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
