import FoundationEssentials
import Kernels
import Problems
import Settings
import Testing

/// Small versions of every problem, so that the laws take no time.
private func sample(_ name: String) throws -> any Problem {
  let counts = "train: 300\nvalidation: 50\ntest: 60\n"
  return switch name {
  case "csv", "idx": try needed(name).make("")
  case "scaled": try makeProblem(name, counts + "inputs: 20\noutputs: 7")
  default: try makeProblem(name, counts)
  }
}

/// The lines that a problem which reads files cannot be without, and where its files are.
private func needed(_ name: String) throws -> NeededLines {
  switch name {
  case "csv": NeededLines(name: name, lines: ["file: iris_mixed.csv"], folder: shippedData)
  case "idx":
    NeededLines(
      name: name,
      lines: ["images: images", "labels: [{name: parity, file: labels}]"],
      folder: try idxFolder.get().path
    )
  default: NeededLines(name: name, lines: [], folder: shippedData)
  }
}

private struct NeededLines {
  let name: String
  let lines: [String]
  let folder: String

  /// The problem with one more line.
  func make(_ line: String) throws -> any Problem {
    let text = (lines + [line]).filter { !$0.isEmpty }.joined(separator: "\n")
    return try makeProblem(name, text, folder: folder)
  }
}

/// Forty images of 2 x 3 pixels and two labels.
private let idxFolder = Result {
  let folder = try TemporaryFolder()
  try folder.write(idxBytes([40, 2, 3], (0..<240).map { UInt8($0) }), to: "images")
  try folder.write(idxBytes([40], (0..<40).map { UInt8($0 % 2) }), to: "labels")
  return folder
}

@Suite("Laws every problem obeys")
struct ProblemLawTests {
  @Test("the same seed makes the same bits", arguments: ProblemRegistry.names)
  func repeatable(_ name: String) throws {
    let first = try sample(name).makeData(seed: 3)
    let second = try sample(name).makeData(seed: 3)
    #expect(bits(first) == bits(second))
    #expect(first.tasks.map { $0.targetMean } == second.tasks.map { $0.targetMean })
    #expect(first.tasks.map { $0.targetScale } == second.tasks.map { $0.targetScale })
  }

  @Test("another seed makes other data where the problem says so", arguments: ProblemRegistry.names)
  func seeded(_ name: String) throws {
    let problem = try sample(name)
    let same = try bits(problem.makeData(seed: 1)) == bits(problem.makeData(seed: 2))
    #expect(same == !problem.dependsOnSeed)
  }

  @Test("parts have rows, and shapes fit the tasks", arguments: ProblemRegistry.names)
  func shapes(_ name: String) throws {
    let data = try sample(name).makeData(seed: 5)
    var next = 0
    for (i, task) in data.tasks.enumerated() {
      #expect(data.targetOffsets[i] == next)
      #expect(task.targetMean.count == task.targetCount)
      #expect(task.targetScale.count == task.targetCount)
      #expect(task.classNames.count == task.kind.classCount)
      #expect(!task.metrics.isEmpty)
      next += task.targetCount
    }
    for part in SplitPart.allCases {
      #expect(data[part].rowCount > 0)
      #expect(data[part].inputs.rows == data[part].targets.rows)
      #expect(data[part].inputs.columns == data.inputCount)
      #expect(data[part].targets.columns == next)
    }
    #expect(Set(data.tasks.map { $0.name }).count == data.tasks.count)
  }

  @Test("inputs are finite and the padding of their rows is zero", arguments: ProblemRegistry.names)
  func finite(_ name: String) throws {
    let data = try sample(name).makeData(seed: 5)
    for part in SplitPart.allCases {
      let inputs = data[part].inputs
      for row in 0..<inputs.rows {
        for column in 0..<inputs.stride {
          let value = inputs.buffer.start[row * inputs.stride + column]
          #expect(column < inputs.columns ? value.isFinite : value == 0)
        }
      }
    }
  }

  @Test("class labels are indices below the number of classes", arguments: ProblemRegistry.names)
  func labels(_ name: String) throws {
    let data = try sample(name).makeData(seed: 5)
    for (i, task) in data.tasks.enumerated() where task.kind.classCount > 0 {
      let labels = data.train.targets.column(data.targetOffsets[i])
      let allowed = (0..<task.kind.classCount).map { Float($0) }
      #expect(labels.allSatisfy { allowed.contains($0) || (task.mayMiss && $0.isNaN) })
      #expect(Set(labels).count > 1)
    }
  }

  @Test(
    "standardised targets have mean 0 and deviation 1 on the training rows",
    arguments: ProblemRegistry.names
  )
  func standardized(_ name: String) throws {
    let data = try sample(name).makeData(seed: 5)
    for (i, task) in data.tasks.enumerated() where task.targetScale != [1] {
      for column in 0..<task.targetCount where task.targetScale[column] != 1 {
        let values = data.train.targets.column(data.targetOffsets[i] + column)
          .filter { !$0.isNaN }.map { Double($0) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        // Rounding of each value to a float: at most 6e-8 of values of size up to about 4.
        #expect(abs(mean) < 1e-6)
        #expect(abs(variance - 1) < 1e-6)
      }
    }
  }

  @Test("a misspelt setting is refused with its place", arguments: ProblemRegistry.names)
  func misspelt(_ name: String) throws {
    let needed = try needed(name)
    let error = #expect(throws: SettingsError.self) { try needed.make("noize: 1") }
    let line = needed.lines.count + 1
    #expect("\(try #require(error))".hasPrefix("suite.yaml:\(line):1: unknown key 'noize'"))
  }

  @Test("an unknown problem is refused with the nearest name")
  func unknown() throws {
    let error = #expect(throws: SettingsError.self) { try makeProblem("conflicts") }
    #expect(
      "\(try #require(error))"
        == """
        suite.yaml:1:1: unknown problem 'conflicts'; did you mean 'conflict'? known: mixed, \
        related, scaled, conflict, noisy, shared, easyhard, shapes, syllable, csv, idx
        """
    )
  }

  @Test("the description lists exactly the keys that are read", arguments: ProblemRegistry.names)
  func described(_ name: String) throws {
    let type = try #require(ProblemRegistry.type(named: name))
    let keys = type.description.settings.map { $0.key }
    let error = #expect(throws: SettingsError.self) { try needed(name).make("zzzzzz: 1") }
    let message = "\(try #require(error))"
    let known = try #require(message.components(separatedBy: "known keys: ").last)
    #expect(known.components(separatedBy: ", ").sorted() == keys.sorted())
  }
}
