import CMeasure
import Kernels
import Networks
import Problems

/// The memory of one worker beside what its work needs at the least.
enum MemoryTable: Section {
  static let name = "memory"
  static let heading = "Memory of a worker"

  static func text(_ session: Session) throws -> String {
    guard allocation_count() >= 0 else { return "The C library here does not tell.\n" }
    var table = MarkdownRows(
      ["work", "method", "data, KB", "run, KB", "at the least, KB", "ratio with data"],
      textColumns: 2
    )
    for work in Work.all {
      let timer = RunTimer(work)
      let data = bytes(of: timer.data)
      for method in ["equal", "pcgrad"] {
        let run = try heldBytes(timer, method, steps: min(300, session.effort.watchedSteps))
        let least = try leastBytes(work, hasRows: method == "pcgrad")
        let ratio = Double(data + run) / Double(data + least)
        session.record(
          "memory of a worker",
          work: work.name,
          method: method,
          [Double(data + run)],
          unit: "bytes"
        )
        table.append([
          work.name, method, kilobytes(data), kilobytes(run), kilobytes(least),
          beside(ratio, atMost: 1.5, 2),
        ])
      }
    }
    return """
      What a run holds in the midst of its training, counted at every call for memory, beside the
      least that its work needs: parameters, their gradient and Adam's two moments; a batch's inputs, the
      activations and outputs and their gradients; for PCGrad the tasks' gradients. The data are
      those of the problem, which all workers share.

      \(table.text)
      """
  }

  private static func kilobytes(_ bytes: Int) -> String { fixed(Double(bytes) / 1_000) }

  private static func bytes(of data: ProblemData) -> Int {
    SplitPart.allCases.reduce(0) { sum, part in
      sum + 4 * (data[part].inputs.buffer.count + data[part].targets.buffer.count)
    }
  }

  /// The most that a run holds at its glances beyond what was held before it was made.
  private static func heldBytes(
    _ timer: RunTimer,
    _ method: String,
    steps: Int
  ) throws -> Int {
    let before = allocated_bytes()
    var held: [Int64] = []
    held.reserveCapacity(16)
    _ = try timer.run(method, steps: steps) { held.append(allocated_bytes() - before) }
    return Int(held.max() ?? 0)
  }

  /// Bytes of the buffers that one step cannot do without.
  private static func leastBytes(_ work: Work, hasRows: Bool) throws -> Int {
    let network = try work.makeNetwork()
    let layers = (work.trunk + [work.outputCounts.reduce(0, +)]).reduce(0) { $0 + paddedCount($1) }
    let batch = paddedCount(work.inputCount) + 2 * layers
    var floats = 4 * network.parameterCount + work.batchRows * batch
    if hasRows { floats += work.tasks.count * network.sharedCount }
    return 4 * floats
  }
}
