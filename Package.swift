// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// For Kernels, Weighting, Problems, Networks, Training and Statistics.
///
/// They are optimised in debug builds too, since tests would otherwise train 15 to 200 times
/// slower, and every unsafe expression is marked. Overlapping accesses are looked for in debug
/// builds, where the tests run, and not in a step.
let numeric: [SwiftSetting] =
  strict + [
    .unsafeFlags(["-O"], .when(configuration: .debug)),
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    .strictMemorySafety(),
  ]

/// The C kernels too are optimised in debug builds; the bits are the same.
let fastC: [CSetting] = [.unsafeFlags(["-O3"], .when(configuration: .debug))]

let package = Package(
  name: "mtlbench",
  products: [.executable(name: "mtlbench", targets: ["mtlbench"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CKernels", cSettings: fastC),
    .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: numeric),
    .target(
      name: "Settings",
      dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: strict
    ),
    .target(name: "Weighting", dependencies: ["Kernels", "Settings"], swiftSettings: numeric),
    .target(name: "Problems", dependencies: ["Kernels", "Settings"], swiftSettings: numeric),
    .target(name: "Networks", dependencies: ["Kernels", "Settings"], swiftSettings: numeric),
    .target(
      name: "Training",
      dependencies: ["Weighting", "Problems", "Networks", "Statistics", "Kernels", "Settings"],
      swiftSettings: numeric
    ),
    .target(name: "Statistics", dependencies: ["Kernels"], swiftSettings: numeric),
    .target(
      name: "Store",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "CGnuplot",
      linkerSettings: [.linkedLibrary("boost_iostreams")]
    ),
    .target(
      name: "Reports",
      dependencies: ["Store", "Statistics", "Settings", "CGnuplot"],
      // Optimised in debug builds too: tests make reports of thousands of runs.
      swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]
    ),
    .target(
      name: "Harness",
      dependencies: [
        "Training", "Weighting", "Problems", "Networks", "Store", "Statistics", "Kernels",
        "Settings",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Verification",
      dependencies: [
        "Training", "Statistics", "Settings", "Kernels", "Networks", "Problems", "Weighting",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "mtlbench",
      dependencies: [
        "Harness", "Reports", "Verification", "Weighting", "Problems", "Networks", "Training",
        "Kernels", "Settings", "Store",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .target(name: "CMeasure", cSettings: fastC),
    .executableTarget(
      name: "mtlbench-perf",
      dependencies: [
        "Harness", "Store", "Training", "Weighting", "Problems", "Networks", "Kernels", "Settings",
        "CMeasure", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Perf",
      swiftSettings: strict
    ),
    .testTarget(
      name: "NetworksTests",
      dependencies: ["Networks", "Kernels", "Settings"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "Weighting", "Problems", "Networks", "Statistics", "Kernels", "Settings",
        "CMeasure",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["Verification", "Weighting", "Problems", "Training", "Kernels", "Settings"],
      swiftSettings: strict
    ),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels"], swiftSettings: strict),
    .testTarget(name: "SettingsTests", dependencies: ["Settings"], swiftSettings: strict),
    .testTarget(
      name: "WeightingTests",
      dependencies: ["Weighting", "Kernels", "Settings"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ProblemsTests",
      dependencies: ["Problems", "Kernels", "Settings"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "StatisticsTests",
      dependencies: ["Statistics", "Kernels", "Verification"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "Store", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HarnessTests",
      dependencies: [
        "Harness", "Kernels", "Networks", "Problems", "Settings", "Statistics", "Store", "Training",
        "Weighting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "mtlbench", "mtlbench-perf", "Networks", "Problems", "Settings", "Store", "Training",
        "Weighting", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Store", "Statistics"],
      exclude: ["Golden"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "VerificationTests",
      dependencies: ["Verification", "Weighting", "Settings"],
      swiftSettings: strict
    ),
    .testTarget(name: "HouseTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
