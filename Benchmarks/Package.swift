// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that users of the library never resolve what only measurements need.
let package = Package(
  name: "waveproof-benchmarks",
  dependencies: [.package(name: "waveproof", path: "..", traits: [])],
  targets: [
    .executableTarget(
      name: "WaveProofBenchmarks", dependencies: [.product(name: "WaveProof", package: "waveproof")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
  ]
)
