"""residual-tanh: the next sample of a noisy signal, tanh, two residual blocks (h1 -> h3, h3 -> h5), quadratic loss.

    h1 = tanh(W1 u + b1)      h2 = tanh(W2 h1 + b2)      h3 = tanh(W3 h2 + b3 + h1)
                              h4 = tanh(W4 h3 + b4)      h5 = tanh(W5 h4 + b5 + h3)      y = W6 h5 + b6

Data, synthesised here: s(t) = A sin(2πft + φ) + B sin(2πgt + ψ), A in 0.3…0.6, B in 0.1…0.3, f in 0.02…0.08 and g in
0.10…0.18 per sample, phases uniform; noise: one normal number of deviation 0.1 per sample, joined linearly in between.
The input is the last 8 noisy samples (oldest first), the target the next clean sample. Stream: one unseen signal; a tick
is 1/16 of a sample, so every tap moves slowly; all values multiples of 2^-14.
"""

import json
from fractions import Fraction

import numpy as np

from common import HERE, Network, dyadic, largest_step

TAPS = 8
NOISE = 0.1


def windows(count, starts, seed):
    """For each of `count` signals and each start: the noisy window that begins there, and the clean sample after it."""
    rng = np.random.default_rng(seed)
    draw = lambda lo, hi: rng.uniform(lo, hi, (count, 1, 1))
    parts = [(draw(0.3, 0.6), draw(0.02, 0.08), draw(0, 1)), (draw(0.1, 0.3), draw(0.10, 0.18), draw(0, 1))]
    clean = lambda t: sum(a * np.sin(2 * np.pi * (f * t + p)) for a, f, p in parts)
    t = starts[None, :, None] + np.arange(TAPS)[None, None, :]
    grid = rng.normal(0, NOISE, (count, int(starts.max()) + TAPS + 1))
    whole = np.floor(t).astype(int)
    low, high = grid[:, whole[0]], grid[:, whole[0] + 1]
    noisy = clean(t) + low + (t - whole) * (high - low)
    return noisy, clean(starts[None, :, None] + TAPS)


def main():
    layers = [
        ("h1", 12, "tanh", None),
        ("h2", 12, "tanh", None),
        ("h3", 12, "tanh", "h1"),
        ("h4", 12, "tanh", None),
        ("h5", 12, "tanh", "h3"),
        ("y", 1, "identity", None),
    ]
    network = Network("u", TAPS, layers, seed=8)
    # Whole starts, where the noise has its full deviation, and starts in between.
    starts = np.array([0.0, 0.5])
    u, y = windows(6000, starts, seed=9)
    network.train(u.reshape(-1, TAPS), y.reshape(-1, 1), epochs=60, seed=10)
    network.round()
    path = HERE / "residual-tanh.onnx"
    network.export(path, "residual-tanh")

    u, y = windows(4000, np.array([0.0]), seed=11)
    u, y = u.reshape(-1, TAPS), y.reshape(-1, 1)
    rms = lambda e: float(np.sqrt((e**2).mean()))
    fit = windows(6000, np.array([0.0]), seed=9)
    regressors = np.concatenate([fit[0].reshape(-1, TAPS), np.ones((6000, 1))], 1)
    linear = np.linalg.lstsq(regressors, fit[1].reshape(-1, 1), rcond=None)[0]

    frames, targets = windows(1, np.arange(48) / 16, seed=12)
    frames, targets = dyadic(frames[0], 14), dyadic(targets[0], 14)
    lines = lambda body: (
        "[\n" + ",\n".join("   " + json.dumps([str(Fraction(float(v))) for v in r], separators=(",", ":")) for r in body) + "]"
    )
    (HERE / "residual-tanh.stream.json").write_text(
        '{"inputs": {"u": %s},\n "targets": {"y": %s}}\n' % (lines(frames), lines(targets))
    )

    print("residual-tanh")
    print(f"  test RMS error   {rms(network(u) - y):.4f} on {len(u)} signals")
    print(f"  last sample      {rms(u[:, -1:] - y):.4f}, linear regression {rms(np.c_[u, np.ones(len(u))] @ linear - y):.4f}")
    print(f"  stream           {len(frames)} ticks, largest step {largest_step(frames)}, RMS error {rms(network(frames) - targets):.4f}")
    print(f"  onnxruntime      differs by at most {network.agrees(path, frames):.1e}")


if __name__ == "__main__":
    main()
