#!/usr/bin/env python3
"""Compares exact outputs of `waveproof trace` with onnxruntime, model by model.

    Scripts/compare-onnxruntime.py --waveproof .build/release/waveproof MODEL.onnx...

Draws dyadic inputs from a seed, runs both, and prints the largest difference of an output: absolute, and in units of
2**-24 of the largest output, which is what one rounding of onnxruntime's 32-bit floats can cost. It measures; the bound
that a difference must keep is proved in the tests (Tests/ONNXImportTests). The exit status is 1 if a model that
onnxruntime runs cannot be run, or if --units is given and exceeded.

Needs the Python packages numpy and onnxruntime.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction

import numpy
import onnxruntime

onnxruntime.set_default_logger_severity(3)


def exact(value):
    """An exact number, or the middle of an enclosure."""
    if isinstance(value, list):
        return (Fraction(value[0]) + Fraction(value[1])) / 2
    return Fraction(value)


def waveproof_outputs(program, model, inputs, outputs):
    """The outputs at tick 0, where the network stands in the steady state of its input."""
    stream = {
        "inputs": {name: [[str(Fraction(float(x))) for x in array.ravel()]] for name, array in inputs.items()},
        "targets": {name: [["0"] * array.size] for name, array in outputs.items()},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "stream.json")
        with open(path, "w") as file:
            json.dump(stream, file)
        command = [program, "trace", model, "--stream", path, "--ticks", "1", "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)["ticks"][0]["x"]


def compare(program, model, generator):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    inputs = {}
    for entry in session.get_inputs():
        shape = [size if isinstance(size, int) else 1 for size in entry.shape]
        inputs[entry.name] = (generator.integers(-64, 65, size=shape) / 64).astype(numpy.float32)
    names = [entry.name for entry in session.get_outputs()]
    outputs = dict(zip(names, session.run(names, inputs)))
    values = waveproof_outputs(program, model, inputs, outputs)
    difference, largest = Fraction(0), Fraction(0)
    for name, array in outputs.items():
        for ours, theirs in zip(map(exact, values[name]), array.ravel(), strict=True):
            difference = max(difference, abs(ours - Fraction(float(theirs))))
            largest = max(largest, abs(ours))
    return difference, difference * 2**24 / largest if largest else Fraction(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--waveproof", default="waveproof", help="the program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=float, help="the most units that a difference may have")
    options = parser.parse_args()
    failed = False
    for model in options.models:
        name = os.path.basename(model)
        try:
            difference, units = compare(options.waveproof, model, numpy.random.default_rng(options.seed))
        except Exception as error:
            print(f"{name:45} not compared: {error}")
            failed = True
            continue
        print(f"{name:45} {float(difference):10.3e} {float(units):10.2f} units")
        failed = failed or (options.units is not None and units > options.units)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
