// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let protobuf = Target.Dependency.product(
  name: "SwiftProtobuf", package: "swift-protobuf", condition: .when(traits: ["ONNX"]))

func library(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies, resources: resources,
    swiftSettings: settings)
}

let package = Package(
  name: "waveproof",
  products: [
    .library(name: "WaveProof", targets: ["WaveProof"]),
    .executable(name: "waveproof", targets: ["WaveProofCLI"]),
  ],
  traits: [
    .trait(name: "ONNX", description: "Read trained networks from ONNX files."),
    .default(enabledTraits: ["ONNX"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  // Each target uses only those above it in this list.
  targets: [
    .systemLibrary(name: "CMPFR", pkgConfig: "mpfr", providers: [.apt(["libmpfr-dev", "libgmp-dev"])]),
    library("ExactArithmetic", ["CMPFR", numerics]),
    library("Networks", ["ExactArithmetic"]),
    library("ONNXImport", ["ExactArithmetic", "Networks", protobuf], exclude: ["Generated/onnx.proto"]),
    library("Waves", ["ExactArithmetic", "Networks"]),
    library("Timing", ["ExactArithmetic", "Networks", "Waves"]),
    library("ErrorBounds", ["ExactArithmetic", "Networks", "Waves", "Timing"]),
    library("Claims", ["ExactArithmetic", "Networks", "Waves", "Timing", "ErrorBounds"]),
    library("Reports", ["ExactArithmetic", "Networks", "Waves", "Timing", "ErrorBounds", "Claims"]),
    library("PropertyTesting", ["ExactArithmetic", "Networks", "Waves"]),
    library(
      "WaveProof", ["ExactArithmetic", "Networks", "ONNXImport", "Waves", "Timing", "ErrorBounds", "Claims", "Reports"]),
    .executableTarget(
      name: "WaveProofCLI", dependencies: ["WaveProof", arguments], swiftSettings: settings),

    tests("ExactArithmetic", ["PropertyTesting"]),
    tests("Networks", ["PropertyTesting"]),
    tests("ONNXImport", ["ExactArithmetic", "Networks", "Waves", "Timing", protobuf]),
    tests("Waves", ["PropertyTesting"]),
    tests("Timing", ["PropertyTesting"]),
    tests("ErrorBounds", ["PropertyTesting"]),
    tests("Claims", ["PropertyTesting", "Reports"]),
    tests("Reports", []),
    tests("PropertyTesting", []),
    tests("WaveProof", []),
    tests("WaveProofCLI", ["WaveProof"]),
  ]
)
