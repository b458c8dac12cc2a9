#if ONNX
  import ExactArithmetic
  import Testing

  @testable import ONNXImport

  /// scale/√radicand is the nearest double, decided by exact squares of the midpoints to its neighbours.
  @Suite struct InverseRootTests {
    private static func midpoint(_ left: Double, _ right: Double) -> Rational {
      (Rational(finite: left) + Rational(finite: right)) / 2
    }

    @Test func factorsAreTheNearestDoubles() throws {
      var (below, above) = (0, 0)
      for numerator in 1...40 {
        for denominator in 1...9 {
          let (scale, radicand) = (Rational(Integer(numerator), over: 7), Rational(Integer(denominator), over: 3))
          let square = scale * scale / radicand
          let root = try InverseRoot(scale: scale, radicand: radicand)
          let value = try #require(Double(root.factor.approximation(significantDigits: 40)))
          #expect(Rational(finite: value) == root.factor)
          let (low, high) = (Self.midpoint(value.nextDown, value), Self.midpoint(value, value.nextUp))
          #expect(low * low <= square && square <= high * high, "\(scale)/√\(radicand)")
          #expect(root.isExact == (root.factor * root.factor == square))
          #expect(try InverseRoot(scale: -scale, radicand: radicand).factor == -root.factor)
          if root.factor * root.factor < square { below += 1 } else if !root.isExact { above += 1 }
        }
      }
      #expect(below > 50 && above > 50, "\(below) below, \(above) above")
    }

    /// In the middle between two doubles the even one is taken.
    @Test func tiesGoToTheEvenOne() throws {
      for (odd, nearest) in [(1, 1.0), (3, 1 + 0x1p-51)] as [(Rational, Double)] {
        let root = 1 + odd / Rational(2).power(53)
        let factor = try InverseRoot(scale: 1, radicand: 1 / (root * root)).factor
        #expect(factor == Rational(finite: nearest))
      }
    }

    @Test func nothingElseIsPositive() {
      for radicand in [0, -1] as [Rational] {
        #expect(throws: OperatorProblem.self) { try InverseRoot(scale: 1, radicand: radicand) }
      }
    }
  }
#endif
