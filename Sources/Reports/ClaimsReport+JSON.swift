import Claims
import ExactArithmetic
import Networks
import Waves

extension ClaimsReport {
  var json: JSONValue {
    .array(
      rows.map { claim, outcome in
        .object([
          "id": .string(claim.id), "source": .string(claim.source), "statement": .string(claim.statement),
          "hypotheses": .strings(claim.hypotheses), "verdict": .string(outcome.verdict.rawValue),
          "decidedBy": .string(outcome.decidedBy), "witness": Self.witness(outcome.witness),
          "theorems": .strings(claim.theorems),
          "parts": .array(
            outcome.parts.map { part in
              .object([
                "reading": .string(part.reading), "verdict": .string(part.verdict.rawValue),
                "finding": .string(part.finding), "witness": Self.witness(part.witness),
              ])
            }),
        ])
      })
  }

  /// Text, and where it is a run, the model and stream files that repeat it.
  private static func witness(_ witness: ClaimWitness?) -> JSONValue {
    guard let witness else { return .null }
    var members = [JSONMember(key: "text", value: .string(witness.text))]
    guard let run = witness.run else { return .object(members) }
    members.append(JSONMember(key: "model", value: .model(run.model)))
    if let reading = run.reading {
      members.append(
        JSONMember(
          key: "schedule",
          value: .object([
            "name": .string("diffusion"), "slope": .string(reading.slope.rawValue),
            "error": .string(reading.error.rawValue),
          ])))
    }
    members += [
      JSONMember(key: "edge", value: .string(run.edge)),
      JSONMember(key: "stream", value: .stream(run.stream, of: run.model)),
      JSONMember(key: "tick", value: .integer(run.tick)), JSONMember(key: "update", value: matrix(run.update)),
      JSONMember(
        key: "gradients",
        value: .array(
          run.gradients.enumerated().map { .object(["frame": .integer($0.offset), "gradient": matrix($0.element)]) })),
      JSONMember(key: "claimedFrame", value: .optional(run.claimedFrame)),
      JSONMember(key: "differsFromEveryFrame", value: .bool(run.differsFromEveryFrame)),
    ]
    return .object(members)
  }

  private static func matrix(_ matrix: Matrix<Rational>) -> JSONValue {
    .array(matrix.rowVectors.map(JSONValue.vector))
  }
}
