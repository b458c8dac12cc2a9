// swift-tools-version: 6.2
import PackageDescription

// Fuzzing of the readers by libFuzzer; Fuzzing/run builds it with sanitizers and coverage. A package of its own, so that no
// user of the library builds it.
let package = Package(
  name: "fuzzing",
  dependencies: [.package(name: "waveproof", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz", dependencies: [.product(name: "WaveProof", package: "waveproof")],
      swiftSettings: [.swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error)])
  ]
)
