import Kernels
import Problems
import Testing

@Suite("Tasks of several columns")
struct JoinedTargetTests {
  private let csv =
    "a,b,x,y,w,h,c\n"
    + (0..<20).map {
      "\($0 * 7 % 5),\($0 * 3 % 7),\($0),\(2 * $0),\($0 % 4 + 1),\($0 % 3 + 2),\($0 % 2)"
    }
    .joined(separator: "\n") + "\n"

  private func message(_ csv: String, _ yaml: String) -> String {
    do {
      _ = try csvProblem(csv, yaml)
      return ""
    } catch { return "\(error)" }
  }

  @Test("columns are the outputs of one task, each standardised by itself")
  func outputs() throws {
    let problem = try csvProblem(
      csv,
      "inputs: [a, b]\ntargets: [c, {name: box, columns: [x, y, w, h], metrics: [iou, rmse]}]"
    )
    let data = try problem.makeData(seed: 1)
    #expect(data.tasks.map { $0.name } == ["c", "box"])
    #expect(data.tasks[1].kind == .regression(outputs: 4))
    #expect(data.tasks[1].metrics == [.iou, .rmse])
    #expect(data.targetOffsets == [0, 1])
    #expect(abs(data.tasks[1].targetScale[1] - 2 * data.tasks[1].targetScale[0]) < 1e-9)
    let (x, y) = (data.train.targets.column(1), data.train.targets.column(2))
    #expect(zip(x, y).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("a row that lacks one of the columns lacks the task")
  func missing() throws {
    let gaps = csv.replacing("3,6,", with: "3,6,", maxReplacements: 1)
      .replacing("\n0,0,0,0,1,2,0", with: "\n0,0,0,0,,2,0")
    let data = try csvProblem(gaps, "inputs: [a, b]\ntargets: [c, {name: box, columns: [x, w]}]")
      .makeData(seed: 1)
    #expect(data.tasks[1].mayMiss)
    let rows = SplitPart.allCases.flatMap { part in
      zip(data[part].targets.column(1), data[part].targets.column(2)).map { ($0.isNaN, $1.isNaN) }
    }
    #expect(rows.count { $0.0 } == 1 && rows.allSatisfy { $0.0 == $0.1 })
  }

  @Test("what does not fit is refused at the key")
  func errors() {
    #expect(
      message(csv, "targets: [{columns: [x, y]}]").hasSuffix(
        "suite.yaml:2:11: targets[0].name: expected a text, it is missing"
      ) || message(csv, "targets: [{columns: [x, y]}]").contains("targets[0].name")
    )
    #expect(
      message(csv, "targets: [{name: p, columns: [x, y], kind: binary}]").hasSuffix(
        "targets[0].kind: several columns make a regression; give a task of classes one column"
      )
    )
    #expect(
      message(csv, "targets: [c, {name: c, columns: [x, y]}]").hasSuffix(
        "targets: two tasks are called 'c'"
      )
    )
    #expect(
      message(csv, "targets: [{name: p, columns: [x, y], metrics: [iou]}]").contains(
        "iou does not apply to the regression task"
      )
    )
  }

  @Test("inputs are an image or a sequence where the suite says so")
  func forms() throws {
    func form(_ yaml: String) throws -> InputForm {
      try csvProblem(csv, "inputs: [a, b, x, y]\ntargets: [c]\n" + yaml).makeData(seed: 1).inputForm
    }
    #expect(try form("") == .columns(4))
    #expect(try form("image: [1, 2, 2]") == .image(channels: 1, height: 2, width: 2))
    #expect(try form("sequence: [4, 1]") == .sequence(length: 4, width: 1))
    #expect(
      message(csv, "inputs: [a, b]\ntargets: [c]\nimage: [1, 2, 2]")
        == "suite.yaml:4:8: image: it has 4 numbers, and the file has 2 inputs; name them in 'inputs'"
    )
    #expect(
      message(csv, "inputs: [a, b]\ntargets: [c]\nimage: [1, 1, 2]\nsequence: [2, 1]")
        == "suite.yaml:5:11: sequence: inputs are an image or a sequence; leave one of both out"
    )
  }
}
