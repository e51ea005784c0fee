internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Kernels
internal import Store

/// Where results live.
struct StoreOptions: ParsableArguments {
  private static let standardFolder = "results"

  @Option(name: .customLong("db"), help: "The results database.")
  var database = standardFolder + "/mtlbench.sqlite"

  func open(_ mode: ResultStore.Mode) throws -> ResultStore { try Self.open(database, mode) }

  /// Opens a database; the folder of results is made for it where it is missing.
  static func open(_ database: String, _ mode: ResultStore.Mode) throws -> ResultStore {
    if mode == .create && database.hasPrefix(standardFolder + "/") {
      try FileManager.default.createDirectory(
        atPath: standardFolder,
        withIntermediateDirectories: true
      )
    }
    return try ResultStore(path: database, mode: mode)
  }
}

/// How runs are computed.
struct ComputeOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Runs at a time (default: SLURM_CPUS_PER_TASK, else one per core).",
    transform: { try NumberOption.count($0, in: 1...1024) }
  )
  var workers: Int?

  @Option(
    help:
      "Instruction set: \(InstructionSet.allCases.map { $0.rawValue }.joined(separator: ", ")) (default: the best here)."
  )
  var kernels: String?

  func validate() throws {
    _ = try table()
  }

  /// What was asked for; else what Slurm gives the task, which nothing binds to its processors; else one
  /// per core.
  var workerCount: Int {
    workers ?? slurmCount ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private var slurmCount: Int? {
    getenv("SLURM_CPUS_PER_TASK").flatMap { Int(String(cString: $0)) }.flatMap { $0 > 0 ? $0 : nil }
  }

  func table() throws -> KernelTable {
    guard let kernels else { return KernelTable.best }
    let supported = InstructionSet.supported
    guard let set = InstructionSet(rawValue: kernels), supported.contains(set) else {
      let names = supported.map { $0.rawValue }.joined(separator: ", ")
      throw ValidationError("--kernels: '\(kernels)' is not supported here; supported: \(names)")
    }
    return KernelTable(set)
  }
}
