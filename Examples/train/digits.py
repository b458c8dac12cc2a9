"""digits-tanh-5: a classifier of handwritten digits, 64-16-16-16-16-10, tanh, identity output, quadratic loss.

Data: Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, 1998), UCI Machine Learning Repository,
https://doi.org/10.24432/C50P49, CC BY 4.0; the 1797 images that scikit-learn carries, pixels divided by 16.
Stream: a held-out image moves to the right by 1/32 pixel a tick (bilinear, hence exact dyadics) for 20 ticks, then
blends, 1/32 a tick, into another held-out image of the same digit, moved just as far, for 19 ticks.
"""

import json
from fractions import Fraction

import numpy as np
from sklearn.datasets import load_digits

from common import HERE, Network, largest_step

DIGIT = 3


def moved(image, pixels):
    """To the right by 0…1 pixels, on an 8×8 grid with an empty border."""
    image = image.reshape(8, 8)
    shifted = np.zeros_like(image)
    shifted[:, 1:] = image[:, :-1]
    return ((1 - pixels) * image + pixels * shifted).reshape(64)


def main():
    digits = load_digits()
    images, labels = digits.data / 16, digits.target
    order = np.random.default_rng(20).permutation(len(images))
    train, test = order[:1347], order[1347:]
    targets = np.eye(10)[labels]

    layers = [(f"h{i}", 16, "tanh", None) for i in range(1, 5)] + [("y", 10, "identity", None)]
    network = Network("image", 64, layers, seed=1)
    # Each image as it is and moved by up to a pixel, so that the stream is like what was learnt.
    rng = np.random.default_rng(2)
    moves = [np.array([moved(i, p) for i, p in zip(images[train], rng.uniform(0, 1, len(train)))]) for _ in range(3)]
    network.train(np.concatenate([images[train], *moves]), np.tile(targets[train], (4, 1)), epochs=60, seed=3)
    network.round()

    path = HERE / "digits-tanh-5.onnx"
    network.export(path, "digits-tanh-5")
    right = {k: int((network(images[s]).argmax(1) == labels[s]).sum()) for k, s in (("train", train), ("test", test))}

    # Two held-out images that the network reads, of the same digit, the nearest such pair.
    candidates = [i for i in test if labels[i] == DIGIT and network(images[i : i + 1]).argmax() == DIGIT]
    pairs = [(float(np.abs(images[i] - images[j]).sum()), int(i), int(j)) for i in candidates for j in candidates if i < j]
    _, first, second = min(pairs)
    rows = [moved(images[first], t / 32) for t in range(21)]
    rows += [(1 - s / 32) * rows[20] + s / 32 * moved(images[second], 20 / 32) for s in range(1, 20)]
    rows = np.array(rows)
    exact = [[str(Fraction(float(v))) for v in row] for row in rows]
    target = [str(int(k == DIGIT)) for k in range(10)]
    lines = lambda body: "[\n" + ",\n".join("   " + json.dumps(r, separators=(",", ":")) for r in body) + "]"
    (HERE / "digits-tanh-5.stream.json").write_text(
        '{"inputs": {"image": %s},\n "targets": {"y": %s}}\n' % (lines(exact), lines([target] * len(rows)))
    )

    print("digits-tanh-5")
    print(f"  train accuracy   {right['train']}/{len(train)} = {right['train'] / len(train):.4f}")
    print(f"  test accuracy    {right['test']}/{len(test)} = {right['test'] / len(test):.4f}")
    print(f"  stream           {len(rows)} ticks, images {first} -> {second}, largest step {largest_step(rows)}")
    print(f"  stream read as {DIGIT} {int((network(rows).argmax(1) == DIGIT).sum())}/{len(rows)}")
    print(f"  onnxruntime      differs by at most {network.agrees(path, rows):.1e}")


if __name__ == "__main__":
    main()
