import Foundation
import Kernels
import Settings

@testable import Weighting

/// A conversation of the external method with a program, mostly a line of shell.
struct ExternalStep {
  /// A program's answer to the greeting.
  static let ready = #"read greeting; echo '{"mtlbench": 1, "ready": true}'; "#

  var method: ConfiguredMethod
  private var draws = WeightingDraws(RandomStream(seed: 1, purpose: .weighting))

  /// A program that is what `sh` does with a line; further keys as YAML.
  init(_ shell: String, _ settings: String = "", taskCount: Int = 2) throws {
    try self.init(command: ["sh", "-c", shell], settings, taskCount: taskCount)
  }

  init(
    command: [String],
    _ settings: String = "",
    taskCount: Int = 2,
    folder: String = "."
  ) throws {
    var reader = try ExternalStep.reader(command, settings)
    var context = MethodContext(taskCount: taskCount)
    context.folder = folder
    method = try WeightingRegistry.make("external", context: context, settings: &reader)
  }

  static func reader(_ command: [String], _ settings: String = "") throws -> SettingsReader {
    SettingsReader(
      try YAMLReader.read("command: \(list(command))\n\(settings)\n", file: "suite.yaml")
    )
  }

  private static func list(_ words: [String]) -> String {
    let quoted = words.map { "'" + $0.replacing("'", with: "''") + "'" }
    return "[" + quoted.joined(separator: ", ") + "]"
  }

  /// What the method answers on one step.
  mutating func weigh(_ losses: [Double], gramian: [Double]? = nil) -> StepWeights {
    var step = StepStatistics(taskCount: losses.count)
    step.losses = losses
    for k in losses.indices { step.isPresent[k] = !losses[k].isNaN }
    step.learningRate = 0.001
    if let gramian { step.gramian = gramian }
    var result = StepWeights(taskCount: losses.count)
    method.weigh(step, draws: &draws, into: &result)
    return result
  }

  /// Why the first of two steps, or the second, is refused.
  static func failure(
    _ shell: String,
    _ settings: String = "",
    steps: Int = 1
  ) throws -> String? {
    var run = try ExternalStep(shell, settings)
    var reason: String?
    for _ in 0..<steps { reason = run.weigh([1, 2]).refusal?.reason.description }
    return reason
  }
}

/// A folder that is removed when it goes.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "external-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("not removed: \(path): \(error)")
    }
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
  }

  func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}
