"""Writes Examples/models/*.json and Examples/streams/*.json: `python3 Examples/train/make_witnesses.py`."""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
text = lambda rows: [[str(v) for v in row] for row in rows]
scalars = lambda *values: [[v] for v in values]


def write_model(name, inputs, nodes, edges, outputs):
    """Nodes are (name, width, activation[, bias]); edges (from, to, weight)."""
    compact = lambda value: json.dumps(value, ensure_ascii=False)
    lines = lambda key, items: f'  "{key}": [\n' + ",\n".join("    " + compact(i) for i in items) + "\n  ],"
    made = []
    for node in nodes:
        made.append(dict(zip(("name", "width", "activation"), node)))
        if len(node) > 3:
            made[-1]["bias"] = [str(b) for b in node[3]]
    body = [
        "{",
        '  "format": "waveproof-network", "version": 1, "name": "%s",' % name,
        lines("inputs", [{"name": n, "width": w} for n, w in inputs]),
        lines("nodes", made),
        lines("edges", [{"from": u, "to": v, "weight": text(w)} for u, v, w in edges]),
        '  "outputs": %s, "loss": "quadratic"' % compact(outputs),
        "}",
    ]
    (HERE / "models" / f"{name}.json").write_text("\n".join(body) + "\n")


def write_stream(name, inputs, targets):
    part = lambda rows: "{%s}" % ", ".join(f'"{k}": {json.dumps(text(v))}' for k, v in rows.items())
    (HERE / "streams" / f"{name}.json").write_text(
        '{\n  "inputs": %s,\n  "targets": %s\n}\n' % (part(inputs), part(targets))
    )


def chain(name, activations, biases=None):
    """Of scalar nodes h1, h2, …, y; all weights 1."""
    names = [f"h{i}" for i in range(1, len(activations))] + ["y"]
    nodes = [(n, 1, s) if not biases or not biases[i] else (n, 1, s, [biases[i]]) for i, (n, s) in enumerate(zip(names, activations))]
    edges = [(u, v, [[1]]) for u, v in zip(["u"] + names, names)]
    write_model(name, [("u", 1)], nodes, edges, ["y"])


def main():
    for folder in ("models", "streams"):
        (HERE / folder).mkdir(exist_ok=True)

    chain("closed-loop-1", ["identity"])
    write_stream("closed-loop-1", {"u": scalars(0, 1)}, {"y": scalars(1, 1)})
    chain("linear-2", ["identity"] * 2)
    write_stream("linear-2", {"u": scalars(0, 1, 0)}, {"y": scalars(1, 1, 1)})

    for sigma in ("quadratic", "rational"):
        chain(f"local-3-{sigma}", [sigma] * 3)
        write_stream(f"local-3-{sigma}", {"u": scalars(0, 1, 0)}, {"y": scalars(0, 0, 0)})
    chain("local-3-relu", ["relu"] * 3)
    write_stream("local-3-relu", {"u": scalars(-1, 1, 0)}, {"y": scalars(0, 0, 0)})
    chain("local-3-relu-any-frame", ["relu"] * 3, biases=[0, -2, 1])
    write_stream("local-3-relu-any-frame", {"u": scalars(3, 1, 1)}, {"y": scalars(0, 0, 0)})

    chain("drive-5-quadratic", ["quadratic"] * 5)
    write_stream("drive-5-quadratic", {"u": scalars(0, 0, 1, 0, 0)}, {"y": scalars(*[0] * 5)})
    chain("drive-5-relu", ["relu"] * 5)
    write_stream("drive-5-relu", {"u": scalars(-1, -1, 1, 0, 0)}, {"y": scalars(*[0] * 5)})
    chain("drive-5-relu-any-frame", ["relu"] * 5, biases=[0, 0, 0, -2, 1])
    write_stream("drive-5-relu-any-frame", {"u": scalars(3, 3, 1, 1, 1)}, {"y": scalars(*[0] * 5)})

    write_model(
        "kink-2-relu", [("u", 2)], [("h1", 1, "relu"), ("y", 1, "relu")], [("u", "h1", [[1, -1]]), ("h1", "y", [[1]])], ["y"]
    )
    write_stream("kink-2-relu", {"u": [["1023/1024", 1], ["1025/1024", 1]]}, {"y": scalars(-1, -1)})
    write_model(
        "kink-3-relu",
        [("u", 2)],
        [("h1", 2, "relu"), ("h2", 1, "relu"), ("y", 1, "relu")],
        [("u", "h1", [[1, 0], [0, 1]]), ("h1", "h2", [[1, -1]]), ("h2", "y", [[1]])],
        ["y"],
    )
    write_stream("kink-3-relu", {"u": [["1023/1024", 1], ["1025/1024", 1], ["1025/1024", 1]]}, {"y": scalars(-1, -1, -1)})

    write_model(
        "skip-3",
        [("x", 1)],
        [("a", 1, "identity"), ("b", 1, "identity")],
        [("x", "a", [[1]]), ("a", "b", [[1]]), ("x", "b", [[1]])],
        ["b"],
    )
    write_stream("skip-3", {"x": scalars(0, 1, 0, 0)}, {"b": scalars(1, 1, 1, 1)})

    # u -> a, b -> c -> y: every path has three edges.
    write_model(
        "diamond",
        [("u", 2)],
        [("a", 1, "quadratic"), ("b", 2, "relu", ["0", "1/4"]), ("c", 1, "quadratic"), ("y", 1, "identity")],
        [
            ("u", "a", [["1/2", "-1/4"]]),
            ("u", "b", [["1", "1/2"], ["-1/2", "1"]]),
            ("a", "c", [["1/2"]]),
            ("b", "c", [["1/4", "-1/2"]]),
            ("c", "y", [["2"]]),
        ],
        ["y"],
    )
    write_stream(
        "diamond",
        {"u": [[1, 0], [1, "1/8"], ["7/8", "1/4"], ["3/4", "3/8"], ["3/4", "1/2"], ["5/8", "1/2"]]},
        {"y": scalars(1, 1, "7/8", "7/8", "3/4", "3/4")},
    )

    # u -> h1 -> h2 -> h3 -> h4 -> h5 -> y with skips h1 -> h3 and h3 -> h5.
    eye = [[1, 0], [0, 1]]
    write_model(
        "residual-stack",
        [("u", 2)],
        [(f"h{i}", 2, "relu") for i in range(1, 6)] + [("y", 1, "identity")],
        [
            ("u", "h1", eye),
            ("h1", "h2", [["1/2", "1/4"], ["-1/4", "1/2"]]),
            ("h2", "h3", [["1/2", "1/2"], ["1/4", "1"]]),
            ("h1", "h3", eye),
            ("h3", "h4", [["1/4", "1/2"], ["1/2", "-1/8"]]),
            ("h4", "h5", [["1", "1/4"], ["-1/8", "1/2"]]),
            ("h3", "h5", eye),
            ("h5", "y", [["1/2", "-1/4"]]),
        ],
        ["y"],
    )
    write_stream(
        "residual-stack",
        {"u": [[1, 2], [2, 3], [3, 1], [2, 2], [1, 3], [3, 3], [2, 1], [1, 1]]},
        {"y": scalars(*[0] * 8)},
    )

    # u -> a -> b -> y with the skip a -> y: unbalanced, yet a -> b lies in the middle.
    write_model(
        "unbalanced",
        [("u", 1)],
        [("a", 1, "quadratic"), ("b", 1, "quadratic"), ("y", 1, "identity")],
        [("u", "a", [[1]]), ("a", "b", [["1/2"]]), ("b", "y", [[1]]), ("a", "y", [["-1"]])],
        ["y"],
    )
    write_stream("unbalanced", {"u": scalars(0, 1, 2, 1, 3, 0)}, {"y": scalars(*[1] * 6)})

    (HERE / "models" / "layers-shorthand.json").write_text(
        """{
  "format": "waveproof-network", "version": 1, "name": "layers-shorthand",
  "layers": [2, 3, 2, 1],
  "weights": [
    [["1", "-1/2"], ["0.25", "3"], ["1", "1"]],
    [["1", "0", "-1"], ["1/2", "1", "1/3"]],
    [["1", "-2"]]
  ],
  "biases": [["0", "1/2", "-1"], ["1", "0"], ["0"]],
  "activations": ["relu", "relu", "identity"]
}
"""
    )
    write_stream(
        "layers-shorthand", {"layer0": [[1, 0], [1, "1/8"], ["7/8", "1/4"], ["7/8", "1/2"]]}, {"layer3": scalars(1, 1, 0, 0)}
    )

    chain("periodic-3", ["quadratic"] * 3)
    write_stream("periodic-3", {"u": scalars(*[1, 2] * 4)}, {"y": scalars(*["1/2", -1] * 4)})


if __name__ == "__main__":
    main()
