import Glibc
import Kernels

/// `mtlbench-perf`: how fast this program is on this machine, in tables; the measuring half of
/// `make perf`, which adds the comparison with other programs.
///
/// - `mtlbench-perf`: all tables, as Markdown.
/// - `mtlbench-perf serve`: answers every line `WORK METHOD SECONDS` with steps per second, so that
///   measurements can be interleaved with those of other programs.
/// - `mtlbench-perf state WORK STEPS`: some steps to retrace elsewhere.
@main
enum MTLBenchPerf {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.count) {
    case (nil, 0): try printTables()
    case ("serve", 1): try serve()
    case ("state", 3):
      let words = Array(arguments)
      guard let work = Work.all.first(where: { $0.name == words[1] }), let steps = Int(words[2])
      else { fallthrough }
      try ParityState(work: work, stepCount: steps).write()
    default:
      print("usage: mtlbench-perf [serve | state WORK STEPS]")
      exit(64)
    }
  }

  private static func printTables() throws {
    let roofline = Roofline()
    print(
      """
      Instruction set \(InstructionSet.best.rawValue); arithmetic peak of one core \
      \(fixed(roofline.peak * 1e-9)) GFLOP/s. Times are processor time of one thread.

      ## Steps

      The roofline is the step's matrix products at that peak plus Adam's pass over the parameters.
      The last column counts calls for memory in 1,000 steps.

      """
    )
    print(try StepTable(roofline).text())
    print("## Runs of 20 epochs with 20 evaluations\n")
    print(try RunTable().text())
    print("## Matrix products\n")
    print(ProductTable(roofline).text())
    print(
      """
      ## Growth

      Four regressions of one output, two layers of 64, 64 inputs, batches of 64, but for the size
      that grows.

      """
    )
    for table in GrowthTable.all { print(try table.text()) }
  }

  private static func serve() throws {
    var timers: [String: RunTimer] = [:]
    while let line = readLine() {
      let words = line.split(separator: " ").map { String($0) }
      guard words.count == 3, let seconds = Double(words[2]),
        let work = Work.all.first(where: { $0.name == words[0] })
      else {
        print("usage: WORK METHOD SECONDS")
        continue
      }
      let timer = timers[work.name] ?? RunTimer(work)
      timers[work.name] = timer
      print(try timer.stepsPerSecond(words[1], seconds: seconds))
      fflush(nil)
    }
  }
}
