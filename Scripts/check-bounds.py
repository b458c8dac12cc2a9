#!/usr/bin/env python3
"""Tries to break the bounds that `waveproof bound --format json` printed, by a road of its own.

Reads the network and the nominal frame itself, works out the lags itself, and evaluates update minus gradient at random
frames of the family: in float64 by its own recursion, and every point whose float error is within 2^-20 of the printed
`upper` again, exactly (rational activations) or with 60 digits (mpmath). One point above `upper` is an exit status of 1,
and is printed. The printed witness is replayed: its frames must lie in the family, and its error must be `lower`.

    waveproof bound MODEL --at FILE --variation 0.01 --format json -o bound.json
    Scripts/check-bounds.py MODEL bound.json --at FILE --points 100000

Needs numpy and mpmath; for ONNX files (chains only) also onnx. Nothing of this project is used.
"""

import argparse
import json
import sys
from fractions import Fraction

import mpmath

from check_bounds.attack import Attack, replay, stream_frames
from check_bounds.family import Family
from check_bounds.network import Network, exact
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
    nominal, domain = network.nominal(arguments.at), Fraction(0)
    if arguments.domain:
        low, high = (Fraction(end) for end in arguments.domain.split(","))
        nominal = ({v: [(low + high) / 2] * len(x) for v, x in nominal[0].items()}, nominal[1])
        domain = (high - low) / 2
    whole = {}

    def attack(edge, bound, lag, upper):
        family = Family(
            network, nominal, domain, bound["kind"], exact(bound["variation"]), exact(bound["target"]), lag)
        return Attack(network, schedule, family, edge, result["norm"], upper, arguments.seed)

    bad = 0
    names = network.edge_numbers(result["edges"])
    probe = {"kind": "window", "variation": "1", "target": "0"}
    for edge in range(len(network.edges)):
        whole[edge] = attack(edge, probe, 0, Fraction(1)).lags
    fill = max(max(lags) for lags in whole.values())
    for entry in result["edges"]:
        edge = names[entry["edge"]]
        for place, bound in enumerate(entry["bounds"]):
            upper = exact(bound["upper"])
            extra = entry.get("global") or []
            limit = extra[place].get("upper") if place < len(extra) else None
            lags = reference_lags(schedule, edge, result["reference"], whole[edge], fill, bound["kind"])
            points, checked, largest = 0, 0, 0.0
            for lag in lags:
                if lag != bound["reference"] and lag in whole[edge] and len(lags) > 1 and bound["kind"] == "window":
                    pass  # a special case of an unread frame, or a case of its own: drawn like the others
                one = attack(edge, bound, lag, upper)
                near = None
                if bound.get("witness") and lag == bound["reference"]:
                    wrong = replay(one, bound)
                    if wrong:
                        print(f"{entry['edge']}  V = {bound['variation']}: the witness is wrong: {wrong}")
                        bad += 1
                    near = one.parameters_of(stream_frames(
                        network, bound["witness"]["stream"], bound["witness"]["tick"]))
                rest = -(-arguments.points // len(lags))
                if not one.family.keys(one.lags) or not (one.family.radius or one.family.target_radius or domain):
                    rest = min(rest, 1)
                found = None
                for start in range(arguments.climbs):
                    near = one.climb(near if start == 0 else None, arguments.rounds)
                    found = found or one.run({key: block[None, :] for key, block in near.items()})
                while rest > 0 and not found:
                    count = min(rest, arguments.chunk)
                    found = one.run(one.draw(count, near))
                    rest -= count
                    points += count
                checked += one.checked
                largest = max(largest, one.largest)
                if found:
                    value, point = found
                    print(f"{entry['edge']}  V = {bound['variation']}: ABOVE the upper bound {bound['upper']}")
                    print(f"  the error is {mpmath.nstr(mpmath.mpf(1) * value, 40) if not isinstance(value, Fraction) else value}")
                    print(f"  against the frame of lag {lag}, at the parameters {point}")
                    bad += 1
            if limit is not None and largest > float(exact(limit)) * (1 + 2.0**-20):
                print(f"{entry['edge']}  V = {bound['variation']}: {largest} is ABOVE the constant {limit}")
                bad += 1
            function = entry.get("function")
            if function and function.get("c2") is not None and exact(bound["variation"]) <= exact(function["validUpTo"]):
                c1, c2, radius = exact(function["c1"]), exact(function["c2"]), exact(bound["variation"])
                if largest > float(c1 * radius + c2 * radius**2) * (1 + 2.0**-20):
                    print(f"{entry['edge']}  V = {bound['variation']}: {largest} is ABOVE c1 V + c2 V^2")
                    bad += 1
                if c1 * radius - c2 * radius**2 > upper:
                    print(f"{entry['edge']}  V = {bound['variation']}: c1 V - c2 V^2 is above the upper bound")
                    bad += 1
            share = largest / float(upper) if upper else (0.0 if largest == 0 else float("inf"))
            if not arguments.quiet:
                print(f"{entry['edge']:<12} V = {bound['variation']:<10} {points} points, {checked} looked at again, "
                      f"largest / upper = {share:.6f}")
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="the network: JSON, or ONNX for chains")
    parser.add_argument("result", help="what `waveproof bound --format json` printed about it")
    parser.add_argument("--at", default="zero", help="the nominal frame: tick 0 of a JSON stream, or zero")
    parser.add_argument("--domain", help="LO,HI, as for bound")
    parser.add_argument("--schedule", help="the schedule file, where one was used")
    parser.add_argument("--points", type=int, default=100_000, help="per edge and variation")
    parser.add_argument("--climbs", type=int, default=1, help="coordinate searches, the first from the witness")
    parser.add_argument("--rounds", type=int, default=200, help="of one search")
    parser.add_argument("--chunk", type=int, default=10_000, help="points at once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="violations only")
    arguments = parser.parse_args()
    bad = check(arguments)
    print("violations: " + str(bad) if bad else "no point is above its bound, and every witness attains")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
