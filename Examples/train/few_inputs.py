"""few-inputs/: nine networks with 2, 3 and 4 input coordinates, tanh, logistic and relu of 3, 5 and 7 layers, affine last layer.

Each predicts the state of a simulated system a short while ahead from its state now; quadratic loss. Systems, simulated here
by classical Runge-Kutta with step 1/100 s:

    pendulum   θ'' = −9.81 sin θ − 0.3 θ'                                                          2 coordinates, 1/5 s ahead
    lorenz     x' = 10 (y − x), y' = x (28 − z) − y, z' = x y − 8/3 z                               3 coordinates, 1/10 s ahead
    cartpole   a pole of 1 m, 1/10 kg on a cart of 1 kg, pushed by the force F = clip(K·state, ±10 N)   4 coordinates, 1/5 s ahead

Starts are uniform in a box; units are chosen so that every coordinate is of the order of 1. Weights are rounded to multiples of
2^-16 before anything is measured. `NAME.at.json` is one frame, multiples of 2^-14: a state of an unseen trajectory, and its target.

`python3 Examples/train/few_inputs.py` writes the files and prints the figures; NumPy is all it needs.
"""

import os

# One thread: the order of every sum is then fixed on a given machine.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import json  # noqa: E402
from fractions import Fraction  # noqa: E402

import numpy as np  # noqa: E402

from common import HERE, Network, dyadic  # noqa: E402

FOLDER = HERE / "few-inputs"


def pendulum(s):
    return np.stack([s[..., 1], -9.81 * np.sin(s[..., 0]) - 0.3 * s[..., 1]], -1)


def lorenz(s):
    x, y, z = s[..., 0], s[..., 1], s[..., 2]
    return np.stack([10 * (y - x), x * (28 - z) - y, x * y - 8 / 3 * z], -1)


def cartpole(s, cart=1.0, pole=0.1, half=0.5, g=9.81):
    speed, angle, turn = s[..., 1], s[..., 2], s[..., 3]
    force = np.clip(s @ np.array([1.0, 2.0, 30.0, 6.0]), -10, 10)
    push = (force + pole * half * turn**2 * np.sin(angle)) / (cart + pole)
    bend = (g * np.sin(angle) - np.cos(angle) * push) / (half * (4 / 3 - pole * np.cos(angle) ** 2 / (cart + pole)))
    return np.stack([speed, push - pole * half * bend * np.cos(angle) / (cart + pole), turn, bend], -1)


# rate of change, steps of 1/100 s ahead, middle and half width of the box of starts and of the units, start of the unseen trajectory
SYSTEMS = {
    "pendulum": (pendulum, 20, [0, 0], [2, 5], [1.25, 0.0]),
    "lorenz": (lorenz, 10, [0, 0, 25], [15, 20, 15], [5.0, -4.0, 21.0]),
    "cartpole": (cartpole, 20, [0, 0, 0, 0], [1, 2, 0.5, 2], [0.4, -0.3, 0.2, 0.1]),
}

# name, system, activation, widths of the hidden layers, epochs, rate
NETWORKS = [
    ("pendulum-tanh-3", "pendulum", "tanh", [8, 8], 60, 5e-3),
    ("lorenz-tanh-5", "lorenz", "tanh", [8] * 4, 60, 5e-3),
    ("cartpole-tanh-7", "cartpole", "tanh", [8] * 6, 60, 5e-3),
    ("lorenz-logistic-3", "lorenz", "logistic", [10, 10], 60, 1e-2),
    ("cartpole-logistic-5", "cartpole", "logistic", [8] * 4, 60, 1e-2),
    ("pendulum-logistic-7", "pendulum", "logistic", [6] * 6, 60, 1e-2),
    ("cartpole-relu-3", "cartpole", "relu", [10, 10], 60, 5e-3),
    ("pendulum-relu-5", "pendulum", "relu", [8] * 4, 60, 5e-3),
    ("lorenz-relu-7", "lorenz", "relu", [8] * 6, 60, 5e-3),
]


def ahead(system, state, h=0.01):
    rate, steps = SYSTEMS[system][:2]
    for _ in range(steps):
        k1 = rate(state)
        k2 = rate(state + h / 2 * k1)
        k3 = rate(state + h / 2 * k2)
        k4 = rate(state + h * k3)
        state = state + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return state


def units(system, state):
    return (state - np.array(SYSTEMS[system][2])) / np.array(SYSTEMS[system][3])


def pairs(system, count, seed):
    middle, half = np.array(SYSTEMS[system][2]), np.array(SYSTEMS[system][3])
    start = middle + half * np.random.default_rng(seed).uniform(-1, 1, (count, len(middle)))
    return units(system, start), units(system, ahead(system, start))


def exact(value):
    return str(Fraction(float(value)))


def write(network, name):
    """As WaveProof's own JSON; one row of a weight a line."""
    nodes, edges, before = [], [], network.input
    for i, (layer, width, activation, _) in enumerate(network.layers):
        weight, bias = network.parameters[2 * i], network.parameters[2 * i + 1]
        bias = json.dumps([exact(v) for v in bias])
        nodes.append(f'    {{"name": "{layer}", "width": {width}, "activation": "{activation}",\n     "bias": {bias}}}')
        rows = ",\n      ".join(json.dumps([exact(v) for v in row]) for row in weight)
        edges.append(f'    {{"from": "{before}", "to": "{layer}", "weight": [\n      {rows}]}}')
        before = layer
    head = f'{{ "format": "waveproof-network", "version": 1, "name": "{name}",\n'
    inputs = f'  "inputs": [{{"name": "{network.input}", "width": {network.width}}}],\n'
    body = '  "nodes": [\n' + ",\n".join(nodes) + '],\n  "edges": [\n' + ",\n".join(edges) + "],\n"
    (FOLDER / f"{name}.json").write_text(head + inputs + body + f'  "outputs": ["{before}"], "loss": "quadratic" }}\n')


def main():
    FOLDER.mkdir(exist_ok=True)
    for index, (name, system, activation, widths, epochs, rate) in enumerate(NETWORKS):
        coordinates = len(SYSTEMS[system][2])
        layers = [(f"h{i + 1}", width, activation, None) for i, width in enumerate(widths)]
        network = Network("state", coordinates, layers + [("next", coordinates, "identity", None)], seed=10 * index + 1)
        network.train(*pairs(system, 4096, seed=10 * index + 2), epochs=epochs, seed=10 * index + 3, rate=rate, decay=1e-4)
        network.parameters = [dyadic(p, 16) for p in network.parameters]
        write(network, name)

        start = ahead(system, np.array(SYSTEMS[system][4]))
        frame = {
            "inputs": {"state": [[exact(v) for v in dyadic(units(system, start), 14)]]},
            "targets": {"next": [[exact(v) for v in dyadic(units(system, ahead(system, start)), 14)]]},
        }
        (FOLDER / f"{name}.at.json").write_text(json.dumps(frame) + "\n")

        u, y = pairs(system, 2000, seed=10 * index + 4)
        rms = lambda e: np.sqrt((e**2).mean())
        affine = np.linalg.lstsq(np.c_[np.ones(len(u)), u], y, rcond=None)[0]
        print(
            f"{name:20} held-out RMS error {rms(network(u) - y):.4f}"
            f"   affine fit {rms(np.c_[np.ones(len(u)), u] @ affine - y):.4f}   state unchanged {rms(u - y):.4f}"
        )


if __name__ == "__main__":
    main()
