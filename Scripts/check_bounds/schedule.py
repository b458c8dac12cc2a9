"""Which signal is where at which tick, and which lags follow from it (docs/formats.md, docs/readings.md)."""

import json


class Schedule:
    """The integers f, s, b, m, n, r, p, q, d of docs/formats.md for one network, and how lags follow from them."""

    def __init__(self, network, name, slope, error, path=None):
        self.network, edges, nodes = network, network.edges, network.nodes
        self.s = [0 if node.is_input else 1 for node in nodes]
        self.d = [0] * len(edges)
        self.b = [edge.backward_delay for edge in edges]
        self.closed, self.consistent = True, False
        if path:
            self.from_file(path)
        elif name == "diffusion":
            self.f = [edge.delay - 1 for edge in edges]
            self.p = [0] * len(edges)
            memory = {"drive": 0, "emitted": 1, "previous": 2, "frame-consistent": 0}[slope]
            self.m = [memory] * len(nodes)
            self.consistent = slope == "frame-consistent"
            self.closed = error != "open"
            self.n = [-1 if error == "closed-drive" else 0] * len(nodes)
            self.q = [0] * len(nodes)
            if error in ("closed", "closed-drive"):
                for output in network.outputs:
                    self.q[output] = max(self.activity_lags(output)) + self.n[output]
        else:
            self.siblings(name)
        if not hasattr(self, "r"):
            self.r = [self.n[v] + self.s[v] for v in range(len(nodes))]
        self.wave = {}
        for output in network.outputs:
            if not self.closed:
                self.wave[output] = self.q[output]
            elif self.consistent:
                (lag,) = self.activity_lags(output)
                self.wave[output] = lag + self.n[output]

    def siblings(self, name):
        network = self.network
        nodes = network.nodes
        self.s = [0] * len(nodes)
        waits = 0 if name == "sideways" else 1
        self.f = [e.delay - (waits if nodes[e.source].is_input else 0) for e in network.edges]
        self.p = list(self.f)
        memory = 1 if name in ("gle-euler", "pipedream") else 0
        self.m, self.n, self.q = [memory] * len(nodes), [memory] * len(nodes), [0] * len(nodes)
        if name in ("sideways", "partime"):
            for output in network.outputs:
                self.q[output] = max(self.activity_lags(output))
        if name == "pipedream":
            layers = network.layers()
            depth = max(layers[output] for output in network.outputs)
            back = [2 * (depth - layer) + 1 for layer in layers]
            self.m, self.n = back, list(back)
            for index, edge in enumerate(network.edges):
                stages = layers[edge.target] - layers[edge.source]
                self.b[index] = stages
                self.f[index] = stages - (1 if layers[edge.source] == 0 else 0)
                self.p[index] = self.f[index] + back[edge.target]
            for output in network.outputs:
                self.q[output] = 2 * depth - layers[output]

    def from_file(self, path):
        with open(path) as file:
            entry = json.load(file)
        network, defaults = self.network, entry.get("defaults", {})
        self.closed = entry.get("error") == "closed"
        self.consistent = entry.get("slope") == "frame-consistent"

        def integers(key, names, own):
            return [own.get(name, {}).get(key, defaults.get(key, 0)) for name in names]

        nodes = [node.name for node in network.nodes]
        edges = [edge.name for edge in network.edges]
        for key in "smnq":
            setattr(self, key, integers(key, nodes, entry.get("nodes", {})))
        for key in "fbpd":
            setattr(self, key, integers(key, edges, entry.get("edges", {})))
        self.s = [0 if node.is_input else s for node, s in zip(network.nodes, self.s)]
        self.r = [
            entry.get("nodes", {}).get(name, {}).get("r", defaults.get("r", self.n[v] + self.s[v]))
            for v, name in enumerate(nodes)
        ]

    def activity_lags(self, node):
        if self.network.nodes[node].is_input:
            return {0}
        return {lag + self.s[node] for lag in self.drive_lags(node)}

    def drive_lags(self, node):
        network = self.network
        return {
            lag + self.f[e] for e in network.incoming[node] for lag in self.activity_lags(network.edges[e].source)
        }

    def backward_lags(self, node):
        """(output, ticks back) over all paths from a node to the outputs."""
        found = {(node, 0)} if node in self.network.outputs else set()
        for e in self.network.outgoing[node]:
            found |= {(o, lag + self.b[e]) for o, lag in self.backward_lags(self.network.edges[e].target)}
        return found

    def input_lags(self, edge):
        return {lag + self.p[edge] for lag in self.activity_lags(self.network.edges[edge].source)}

    def error_lags(self, edge):
        lags = set()
        for output, back in self.backward_lags(self.network.edges[edge].target):
            own = {self.n[output] + lag for lag in self.activity_lags(output)} if self.closed else {self.q[output]}
            lags |= {self.d[edge] + back + lag for lag in own}
        return lags or {0}
