import ExactArithmetic
import Testing

@Suite struct Smoke {
  @Test func numbers() throws {
    #expect(try Rational(parsing: "0.1") == Rational(1, over: 10))
    #expect(try Rational(parsing: "-7/3").description == "-7/3")
    #expect(try Rational(parsing: "1.5e2") == 150)
    #expect(Rational(1, over: 3).approximation(significantDigits: 5) == "0.33333")
    #expect(try Rational(exactly: 0.1).description == "3602879701896397/36028797018963968")
    let big: Rational = 123456789012345678901234567890
    #expect((big * big / big) == big)
    #expect((big - big).isZero)
    #expect(Rational(Integer(7).power(60), over: Integer(3).power(70)) * Rational(Integer(3).power(70)) == Rational(Integer(7).power(60)))
    let x = Interval(Rational(1, over: 3))
    #expect(x.contains(Rational(1, over: 3)) && !x.isPoint)
    print(x.tanh(), x.tanhDerivative(), x.logistic(), x.softsign(), try x.exp(), x.logisticDerivative())
    print(Rational(-1, over: 700).approximation(significantDigits: 3, rounding: .down))
    let map = try LinearMap(rows: 2, columns: 2, doubles: [1, 2, 3, 0.5])
    print(map.apply(to: Vector([Rational(1), 2]), in: ExactContext()), map.composed(after: map).matrix)
    print(map.apply(to: Vector([LagSet(lag: 1), .zero]), in: LagContext()))
    print(map.apply(to: Vector([x, x]), in: IntervalContext()))
  }
}
