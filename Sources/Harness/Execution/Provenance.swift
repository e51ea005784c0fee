internal import FoundationEssentials

/// The version of this program, as runs and `--version` state it.
package enum Program {
  package static let version = "0.1.0"
}

/// The machine that trains, for provenance.
package enum Machine {
  /// Host name, processor and number of cores.
  package static let description: String = {
    let cores = ProcessInfo.processInfo.processorCount
    return "\(ProcessInfo.processInfo.hostName), \(processor), \(cores) cores"
  }()

  private static var processor: String {
    do {
      let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
      let name = line?.split(separator: ":").last?.split(separator: " ").joined(separator: " ")
      return name ?? "unknown processor"
    } catch {
      return "unknown processor"
    }
  }
}
