import ExactArithmetic
import Foundation
import WaveProof

// Usage: WaveProofBenchmarks exact-run WIDTH DEPTH dyadic|rational identity|relu
// Prints one line of JSON: best time of a run in seconds, fingerprint of all gradients, limb products.
// peers.py runs this beside other libraries and compares.
// Or: WaveProofBenchmarks bound MODEL.json AT.json V forms|backward; bound_peers.py --waveproof runs it beside its peers.

let arguments = CommandLine.arguments.dropFirst()
let words = Array(arguments)
if words.count == 5, words[0] == "bound" {
  let run = try BoundRun(model: words[1], at: words[2])
  let variation = try Rational(parsing: words[3])
  var largest = try run.largest(variation, backward: words[4] == "backward")
  let clock = ContinuousClock()
  var best = Duration.seconds(1_000_000)
  let start = clock.now
  var repetitions = 0
  while repetitions < 5 || (repetitions < 20 && start.duration(to: clock.now) < .seconds(2)) {
    let elapsed = try clock.measure { largest = try run.largest(variation, backward: words[4] == "backward") }
    best = min(best, elapsed)
    repetitions += 1
  }
  print("{\"seconds\": \(best / .seconds(1)), \"repetitions\": \(repetitions), \"max\": \(largest)}")
  exit(0)
}

guard arguments.count == 5, arguments.first == "exact-run",
  let width = Int(arguments[2]), let depth = Int(arguments[3]), width > 0, depth > 0,
  let numbers = ExactRunCase.Numbers(rawValue: arguments[4]),
  let activation = ExactRunCase.Activation(rawValue: arguments[5])
else {
  fatalError("usage: WaveProofBenchmarks exact-run WIDTH DEPTH dyadic|rational identity|relu")
}

let measured = ExactRunCase(width: width, depth: depth, numbers: numbers, activation: activation)
let (weights, input, target) = measured.draw()
let run = ExactRun(activation: activation, weights: weights)

var fingerprint = Fingerprint()
for gradient in run.gradients(input: input, target: target) {
  for entry in gradient.elements { fingerprint.combine(entry) }
}

let clock = ContinuousClock()
var best = Duration.seconds(1_000_000)
let start = clock.now
var repetitions = 0
while repetitions < 5 || start.duration(to: clock.now) < .milliseconds(300) {
  var count = 0
  let elapsed = clock.measure { count = run.gradients(input: input, target: target).count }
  precondition(count == depth)
  best = min(best, elapsed)
  repetitions += 1
}
let seconds = best / .seconds(1)
print(
  "{\"seconds\": \(seconds), \"repetitions\": \(repetitions), \"fingerprint\": \(fingerprint.value), "
    + "\"limbProducts\": \(run.limbProducts(input: input, target: target))}")
