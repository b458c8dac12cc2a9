"""pendulum-relu-3: a damped pendulum's state 1/5 s ahead, 2-16-16-2, relu, identity output, quadratic loss.

Data, simulated here: θ'' = −9.81 sin θ − 0.3 θ' (1 m, unit mass), classical Runge–Kutta, step 1/100 s; states start
uniformly in |θ| ≤ 2, |θ'| ≤ 5. Units of the network: θ in rad, θ' in 2 rad/s. Stream: one unseen trajectory, a tick of 1/100 s
(so each frame is near the last), the target being the simulated state 20 ticks later; all values multiples of 2^-14.
"""

import numpy as np

from common import HERE, Network, dyadic, largest_step

AHEAD = 20
SCALE = np.array([1.0, 2.0])


def simulate(state, steps, h=0.01):
    """All states, steps + 1 of them; `state` is (…, 2)."""
    rate = lambda s: np.stack([s[..., 1], -9.81 * np.sin(s[..., 0]) - 0.3 * s[..., 1]], -1)
    states = [np.asarray(state, dtype=float)]
    for _ in range(steps):
        s = states[-1]
        k1 = rate(s)
        k2 = rate(s + h / 2 * k1)
        k3 = rate(s + h / 2 * k2)
        k4 = rate(s + h * k3)
        states.append(s + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4))
    return np.array(states)


def pairs(count, seed):
    start = np.random.default_rng(seed).uniform(-1, 1, (count, 2)) * np.array([2.0, 5.0])
    return start / SCALE, simulate(start, AHEAD)[-1] / SCALE


def main():
    layers = [("h1", 16, "relu", None), ("h2", 16, "relu", None), ("next", 2, "identity", None)]
    network = Network("state", 2, layers, seed=4)
    network.train(*pairs(4096, seed=5), epochs=80, seed=6, rate=5e-3)
    network.round()
    path = HERE / "pendulum-relu-3.onnx"
    network.export(path, "pendulum-relu-3", gemm=False)

    u, y = pairs(2000, seed=7)
    error = network(u) - y
    r2 = 1 - (error**2).sum(0) / ((y - y.mean(0)) ** 2).sum(0)
    trajectory = dyadic(simulate([1.25, 0.0], 59 + AHEAD) / SCALE, 14)
    frames, targets = trajectory[:60], trajectory[AHEAD:]
    with open(HERE / "pendulum-relu-3.stream.csv", "w") as out:
        out.write("state.0,state.1,next.0,next.1\n")
        for row in np.concatenate([frames, targets], axis=1):
            out.write(",".join(np.format_float_positional(v, trim="-") for v in row) + "\n")

    print("pendulum-relu-3")
    print(f"  test R2          {r2[0]:.4f} (angle), {r2[1]:.4f} (speed), on {len(u)} states")
    print(f"  test RMS error   {np.sqrt((error[:, 0] ** 2).mean()):.4f} rad, {2 * np.sqrt((error[:, 1] ** 2).mean()):.4f} rad/s")
    print(f"  state unchanged  {np.sqrt(((u - y)[:, 0] ** 2).mean()):.4f} rad, {2 * np.sqrt(((u - y)[:, 1] ** 2).mean()):.4f} rad/s")
    print(f"  stream           {len(frames)} ticks, largest step {largest_step(frames)}")
    _, a = network.forward(frames)
    switches = sum(int((np.diff((a[h] > 0).astype(int), axis=0) != 0).sum()) for h in ("h1", "h2"))
    print(f"  kinks crossed    {switches} along the stream")
    print(f"  onnxruntime      differs by at most {network.agrees(path, frames):.1e}")


if __name__ == "__main__":
    main()
