"""Runs every small model tick by tick in `Fraction`s and confirms the numbers of Examples/README.md.

    python3 Examples/train/check_witnesses.py [--all]

Needs the standard library alone. Written from the recursion, knowing nothing of lags:

    a_v(t) = Σ_e W_e x_u(t − d_e + 1) + bias_v         x_v(t) = σ(a_v(t − 1)),  x_input(t) = frame t
    δ_v(t) = σ′(slope)_v ⊙ Σ_{e=(v→w)} W_eᵀ δ_w(t − b_e) + [v an output] ε_v(t)
    g_e(t) = δ_v(t) x_u(t)ᵀ

Before tick 0 the network stands in the steady state of frame 0. Under the frame-consistent slope the waves of different
frames are kept apart, each with the σ′ of its own frame. `--all` prints every exact edge under every reading.
"""

import json
import sys
from fractions import Fraction as Q
from functools import lru_cache
from itertools import product
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SIGMA = {
    "identity": (lambda a: a, lambda a: Q(1)),
    "relu": (lambda a: max(a, Q(0)), lambda a: Q(a > 0)),
    "quadratic": (lambda a: a * a + a, lambda a: 2 * a + 1),
    "rational": (lambda a: a / (1 + a * a), lambda a: (1 - a * a) / (1 + a * a) ** 2),
}
SLOPES = ("frame-consistent", "drive", "emitted", "previous")
ERRORS = ("open", "closed", "closed-current", "closed-drive")


def matrix(rows):
    return tuple(tuple(Q(v) for v in row) for row in rows)


def read_model(path):
    file = json.loads(path.read_text())
    if "layers" in file:
        widths = file["layers"]
        nodes = {
            f"layer{i + 1}": (s, [Q(b) for b in bias])
            for i, (s, bias) in enumerate(zip(file["activations"], file["biases"]))
        }
        edges = [(f"layer{i}", f"layer{i + 1}", matrix(w), 1, 1) for i, w in enumerate(file["weights"])]
        for (_, v, w, _, _), (before, after) in zip(edges, zip(widths, widths[1:])):
            assert (len(w), len(w[0])) == (after, before), v
        return ["layer0"], nodes, edges, [f"layer{len(widths) - 1}"]
    nodes = {n["name"]: (n["activation"], [Q(b) for b in n.get("bias", ["0"] * n["width"])]) for n in file["nodes"]}
    edges = [
        (e["from"], e["to"], matrix(e["weight"]), e.get("delay", 1), e.get("backwardDelay", 1)) for e in file["edges"]
    ]
    return [i["name"] for i in file["inputs"]], nodes, edges, file["outputs"]


class Run:
    def __init__(self, name, slope="frame-consistent", error="open"):
        self.inputs, self.nodes, self.edges, self.outputs = read_model(HERE / "models" / f"{name}.json")
        stream = json.loads((HERE / "streams" / f"{name}.json").read_text())
        self.u = {k: matrix(v) for k, v in stream["inputs"].items()}
        self.y = {k: matrix(v) for k, v in stream["targets"].items()}
        self.ticks = len(next(iter(self.u.values())))
        assert all(len(v) == self.ticks for v in [*self.u.values(), *self.y.values()])
        self.slope, self.error = slope, error
        for method in ("longest", "shortest", "static_a", "static_delta", "a", "x", "waves"):
            setattr(self, method, lru_cache(None)(getattr(self, method)))

    def frame(self, t):
        return min(max(t, 0), self.ticks - 1)

    def longest(self, v):
        return 0 if v in self.inputs else max(self.longest(u) + d for u, w, _, d, _ in self.edges if w == v)

    def shortest(self, v):
        return 0 if v in self.inputs else min(self.shortest(u) + d for u, w, _, d, _ in self.edges if w == v)

    def sum_into(self, v, source):
        total = list(self.nodes[v][1])
        for u, to, w, d, _ in self.edges:
            if to == v:
                x = source(u, d)
                total = [s + sum(p * q for p, q in zip(row, x)) for s, row in zip(total, w)]
        return tuple(total)

    def apply(self, v, which, a):
        return tuple(SIGMA[self.nodes[v][0]][which](p) for p in a)

    # The static network and its gradients, frame by frame.
    def static_x(self, v, f):
        return self.u[v][f] if v in self.inputs else self.apply(v, 0, self.static_a(v, f))

    def static_a(self, v, f):
        return self.sum_into(v, lambda u, _: self.static_x(u, f))

    def static_delta(self, v, f):
        total = [Q(0)] * len(self.nodes[v][1])
        if v in self.outputs:
            total = [x - y for x, y in zip(self.static_x(v, f), self.y[v][f])]
        for u, to, w, _, _ in self.edges:
            if u == v:
                delta = self.static_delta(to, f)
                total = [s + sum(w[i][j] * delta[i] for i in range(len(w))) for j, s in enumerate(total)]
        return tuple(s * t for s, t in zip(self.apply(v, 1, self.static_a(v, f)), total))

    def gradient(self, edge, f):
        u, v = edge.split("->")
        return tuple(tuple(d * x for x in self.static_x(u, f)) for d in self.static_delta(v, f))

    # The network in time.
    def a(self, v, t):
        return self.static_a(v, 0) if t < 0 else self.sum_into(v, lambda u, d: self.x(u, t - d + 1))

    def x(self, v, t):
        if v in self.inputs:
            return self.u[v][self.frame(t)]
        return self.static_x(v, 0) if t < 0 else self.apply(v, 0, self.a(v, t - 1))

    def injected(self, o, t):
        """The error that enters at tick t, and the frame of its wave."""
        late = self.longest(o)
        if self.error == "open":
            f = self.frame(t)
            e = [x - y for x, y in zip(self.static_x(o, f), self.y[o][f])]
            return tuple(s * r for s, r in zip(self.apply(o, 1, self.static_a(o, f)), e)), t
        if self.slope == "frame-consistent" and self.longest(o) != self.shortest(o):
            raise ValueError("the output mixes frames")
        drive = self.a(o, t) if self.error == "closed-drive" else self.a(o, t - 1)
        lag = {"closed": late, "closed-current": 0, "closed-drive": late - 1}[self.error]
        y = self.y[o][self.frame(t - lag)]
        frame = t - late + (1 if self.error == "closed-drive" else 0)
        return tuple(s * (x - q) for s, x, q in zip(self.apply(o, 1, drive), self.apply(o, 0, drive), y)), frame

    def waves(self, v, t):
        """δ_v(t), apart by the frame of the wave under the frame-consistent slope."""
        if t < 0:
            return {t: self.static_delta(v, 0)}
        width = len(self.nodes[v][1])
        found = {}

        def add(frame, delta):
            found[frame] = tuple(p + q for p, q in zip(found.get(frame, [Q(0)] * width), delta))

        for u, to, w, _, b in self.edges:
            if u == v:
                for frame, delta in self.waves(to, t - b).items():
                    back = [sum(w[i][j] * delta[i] for i in range(len(w))) for j in range(width)]
                    if self.slope == "frame-consistent":
                        a = self.static_a(v, self.frame(frame))
                    else:
                        a = self.a(v, t - {"drive": 0, "emitted": 1, "previous": 2}[self.slope])
                    add(frame, [s * p for s, p in zip(self.apply(v, 1, a), back)])
        if v in self.outputs:
            delta, frame = self.injected(v, t)
            add(frame, delta)
        return found

    def delta(self, v, t):
        return tuple(sum(column) for column in zip(*self.waves(v, t).values()))

    def update(self, edge, t):
        u, v = edge.split("->")
        return tuple(tuple(d * x for x in self.x(u, t)) for d in self.delta(v, t))

    def names(self):
        return [f"{u}->{v}" for u, v, *_ in self.edges]

    def delays(self, edge, first=0, last=None):
        """Every d for which the update is the gradient of frame t − d at each tick from `first`."""
        last = self.ticks if last is None else last
        return [
            d
            for d in range(self.ticks)
            if all(self.update(edge, t) == self.gradient(edge, self.frame(t - d)) for t in range(first, last))
        ]

    def astray(self, edge):
        """Ticks at which the update is the gradient of no frame of the stream."""
        frames = [self.gradient(edge, f) for f in range(self.ticks)]
        return [t for t in range(self.ticks) if self.update(edge, t) not in frames]


CHECKED = [0]


def expect(what, found, wanted):
    CHECKED[0] += 1
    assert found == wanted, f"{what}: {shown(found)}, expected {shown(wanted)}"
    print(f"ok   {what}: {shown(found)}")


def shown(value):
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(shown(v) for v in value) + "]"
    return str(value)


def scalar(m):
    ((value,),) = m
    return value


def witness(name, slope, error, edge, tick, update, gradients):
    run = Run(name, slope, error)
    expect(f"{name} {slope} {error}, {edge} tick {tick}: update", scalar(run.update(edge, tick)), Q(update))
    expect(
        f"{name} {edge}: gradients of frames 0…{run.ticks - 1}",
        [scalar(run.gradient(edge, f)) for f in range(run.ticks)],
        [Q(g) for g in gradients],
    )


def main():
    if "--all" in sys.argv[1:]:
        for path in sorted((HERE / "models").glob("*.json")):
            for slope, error in product(SLOPES, ERRORS):
                run = Run(path.stem, slope, error)
                try:
                    exact = {e: d for e in run.names() if (d := run.delays(e))}
                    print(f"{path.stem:24} {slope:17} {error:15} exact on this stream: {exact or 'none'}")
                except ValueError as reason:
                    print(f"{path.stem:24} {slope:17} {error:15} refused: {reason}")
        return

    # One layer, the loop closed.
    for slope in SLOPES:
        witness("closed-loop-1", slope, "closed", "u->y", 1, -1, [0, 0])
    expect("closed-loop-1 open: exact at delay 0", 0 in Run("closed-loop-1").delays("u->y"), True)

    # Two layers, linear.
    for slope in SLOPES:
        witness("linear-2", slope, "open", "u->h1", 1, -1, [0, 0, 0])
        witness("linear-2", slope, "open", "h1->y", 2, -1, [0, 0, 0])

    # Three layers, σ′ where the output was emitted.
    for name, update, gradient in (
        ("quadratic", 1092, 5460),
        ("rational", "2625/24389", "1260/24389"),
        ("relu", 0, 1),
    ):
        name = f"local-3-{name}"
        witness(name, "emitted", "open", "h1->h2", 2, update, [0, gradient, 0])
        for slope in ("frame-consistent", "drive"):
            expect(f"{name} {slope} h1->h2: delays", Run(name, slope).delays("h1->h2"), [1])
    witness("local-3-relu-any-frame", "emitted", "open", "h1->h2", 2, 1, [6, 0, 0])
    for slope in ("frame-consistent", "drive"):
        expect(f"local-3-relu-any-frame {slope} h1->h2: delays", Run("local-3-relu-any-frame", slope).delays("h1->h2"), [1])

    # Five layers, σ′ at the drive.
    witness("drive-5-quadratic", "drive", "open", "h2->h3", 4, 919683643788, [0, 0, 78173109721980, 0, 0])
    witness("drive-5-relu", "drive", "open", "h2->h3", 4, 0, [0, 0, 1, 0, 0])
    witness("drive-5-relu-any-frame", "drive", "open", "h2->h3", 4, 1, [6, 6, 0, 0, 0])
    for name in ("quadratic", "relu", "relu-any-frame"):
        expect(f"drive-5-{name} frame-consistent h2->h3: delays", Run(f"drive-5-{name}").delays("h2->h3"), [2])

    # Kinks: the input moves by 2e = 1/512, the error stays above 1.
    run, e = Run("kink-2-relu"), Q(1, 1024)
    expect("kink-2-relu u->h1 tick 1: update", run.update("u->h1", 1), ((Q(0), Q(0)),))
    expect("kink-2-relu u->h1: gradient of the error's frame 0", run.gradient("u->h1", 0), ((Q(0), Q(0)),))
    expect("kink-2-relu u->h1: gradient of the input's frame 1", run.gradient("u->h1", 1), (((1 + e) ** 2, 1 + e),))
    run = Run("kink-3-relu", "emitted")
    expect("kink-3-relu emitted h1->h2 tick 2: update", run.update("h1->h2", 2), ((Q(0), Q(0)),))
    expect("kink-3-relu h1->h2: gradient of frame 1", run.gradient("h1->h2", 1), (((1 + e) ** 2, 1 + e),))

    # DAGs.
    for slope in SLOPES:
        witness("skip-3", slope, "open", "x->a", 1, -1, [0, 1, 0, 0])
        witness("skip-3", slope, "open", "a->b", 2, -1, [0, 1, 0, 0])
    run = Run("skip-3")
    expect("skip-3 x_b at ticks 1, 2, 3", [run.x("b", t)[0] for t in (1, 2, 3)], [Q(0), Q(1), Q(1)])
    expect("skip-3 static x_b of frames 0…3", [run.static_x("b", f)[0] for f in range(4)], [Q(v) for v in (0, 2, 0, 0)])
    expect("skip-3 open: delays", [run.delays(e) for e in run.names()], [[], [], [0]])

    run = Run("diamond")
    expect("diamond open: delays", {e: run.delays(e) for e in run.names()},
           {"u->a": [], "u->b": [], "a->c": [1], "b->c": [1], "c->y": []})
    expect("diamond a->c tick 5: update", run.update("a->c", 5), run.gradient("a->c", 4))
    expect("diamond a->c tick 5: value", scalar(run.update("a->c", 5)), Q(-12765, 65536))
    expect("diamond closed: exact edges", [e for e in run.names() if Run("diamond", error="closed").delays(e)], [])

    run = Run("residual-stack")
    expect("residual-stack open: edges exact", [e for e in run.names() if run.delays(e)], [])
    expect("residual-stack open: edges without a witness", [e for e in run.names() if not run.astray(e)], [])
    expect("residual-stack u->h1 tick 1: update", run.update("u->h1", 1), matrix(
        [["918201/524288", "2754603/1048576"], ["84621/131072", "253863/262144"]]))
    expect("residual-stack x_y at tick 7", run.x("y", 7)[0], Q(1053, 512))
    expect("residual-stack frames whose static output that is", [f for f in range(8) if run.static_x("y", f) == run.x("y", 7)], [])

    run = Run("unbalanced")
    expect("unbalanced u->a tick 1: update", scalar(run.update("u->a", 1)), Q(1, 2))
    expect("unbalanced u->a: gradients", [scalar(run.gradient("u->a", f)) for f in range(6)],
           [Q(v) for v in ("0", "-3/2", "125", "-3/2", "6699/2", "0")])
    expect("unbalanced open: delays", {e: run.delays(e) for e in run.names()},
           {"u->a": [], "a->b": [1], "b->y": [], "a->y": []})

    run = Run("layers-shorthand")
    expect("layers-shorthand open: delays", [run.delays(e) for e in run.names()], [[], [1], []])
    expect("layers-shorthand: outputs", [run.static_x("layer3", f)[0] for f in range(4)], [Q(v) for v in ("-1/2", "-35/24", "-103/48", "-65/16")])

    # Period 2: exact everywhere from tick 2, however fast.
    run = Run("periodic-3")
    expect("periodic-3 open, from tick 2: delays", {e: [d for d in run.delays(e, 2) if d < 2] for e in run.names()},
           {"u->h1": [0], "h1->h2": [1], "h2->y": [0]})
    expect("periodic-3 open, from tick 0: exact", [e for e in run.names() if run.delays(e)], ["h1->h2"])
    for slope in SLOPES:
        run = Run("periodic-3", slope, "closed")
        expect(f"periodic-3 {slope} closed, from tick 6: exact", [e for e in run.names() if run.delays(e, 6)], [])
    print(f"{CHECKED[0]} numbers confirmed")


if __name__ == "__main__":
    main()
