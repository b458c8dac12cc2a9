#if ONNX
  import ExactArithmetic
  import Networks

  /// How far an evaluation in floats can be from the exact value, entry by entry.
  ///
  /// With x̂ = x + e at the sources of a node, magnitudes W of its folded edges and n roundings on the way, its drive is off
  /// by at most W e + γ_n (W (|x| + e) + |b|) + n η; an activation with Lipschitz constant L then adds its own roundings.
  /// All of this is computed with enclosures and rounded up.
  struct ForwardErrorBound {
    /// Per node of the network.
    let errors: [[Rational]]

    init(
      _ network: Network, magnitudes: MagnitudeModel, values: [[(lower: Rational, upper: Rational)]],
      format: FloatFormat
    ) {
      let context = IntervalContext(precision: 96)
      let count = magnitudes.roundingCount
      let gamma = Interval(format.gamma(count), precision: 96)
      let underflow = Interval(Rational(Integer(count), over: 1) * format.underflow, precision: 96)
      let architecture = network.architecture
      let large = magnitudes.network.architecture
      func magnitude(_ node: Int) -> Vector<Interval> {
        Vector(values[node].map { Interval(max($0.lower.magnitude, $0.upper.magnitude), precision: 96) })
      }
      var errors = architecture.nodes.map { Vector<Interval>.zeros($0.width, in: context) }
      for index in network.order where !architecture.nodes[index].isInput {
        let node = architecture.nodes[index]
        var carried = Vector<Interval>.zeros(node.width, in: context)
        var size = large.nodes[index].bias.map { $0.map { Interval($0.magnitude, precision: 96) } } ?? carried
        for edge in large.incoming[index] {
          let source = large.edges[edge].source
          carried = carried + magnitudes.network.weights[edge].apply(to: errors[source], in: context)
          size =
            size + magnitudes.network.weights[edge].apply(to: magnitude(source) + errors[source], in: context)
        }
        let drive = zip(carried.elements, size.elements).map { $0 + gamma * $1 + underflow }
        let rule = Self.rule(of: node.activation)
        var entries: [Interval] = []
        for (place, result) in magnitude(index).elements.enumerated() {
          let reach = (size[place] + drive[place]).absoluteValue.upper
          let steepness = node.activation.unit(place).slopeBound(within: reach) ?? 0
          let passed = Interval(steepness, precision: 96) * drive[place]
          let inner = Interval(rule.inner, precision: 96) * size[place] + Interval(rule.offset, precision: 96)
          let own = Interval(rule.roundings * format.unit, precision: 96) * (result + passed + inner)
          entries.append(passed + own + underflow)
        }
        errors[index] = Vector(entries)
      }
      self.errors = errors.map { $0.elements.map { Interval(0, precision: 2).hull($0).upper } }
    }

    /// An activation's own roundings in units of u (8 for tanh and 16 for the sigmoid, whose exponential is good to 4), and
    /// what they are relative to besides its value: inner·|a| + offset.
    private static func rule(of activation: Activation) -> (roundings: Rational, inner: Rational, offset: Rational) {
      switch activation {
      case .tanh: (8, 0, 0)
      case .logistic: (16, 0, 0)
      case .leakyRelu, .prelu, .softsign: (4, 0, 0)
      case .hardSigmoid(let alpha, let beta): (4, alpha, beta.magnitude)
      // a·(…), whose factor, at most 1, comes from sums and differences of numbers of at most 1.
      case .swish, .gelu, .hardSwish: (24, 1, 0)
      case .geluTanh, .mish: (64, 1, 0)
      // Differences of an exponential and 1.
      case .elu(let alpha): (16, 0, alpha)
      case .selu: (16, 0, 2)
      case .softplus: (16, 0, 1)
      case .square, .quadratic, .cubic, .polynomial: (16, 0, 0)
      default: (0, 0, 0)
      }
    }
  }
#endif
