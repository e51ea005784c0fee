import Settings
import Testing

@testable import Weighting

@Suite("A method on a given Jacobian")
struct SingleStepTests {
  private static func answer(_ name: String, _ rows: [[Double]]) throws -> SingleStepAnswer {
    let step = SingleStep(
      try LawStep.method(name, taskCount: rows.count, settings: "scale: native"),
      taskCount: rows.count,
      columnCount: rows[0].count,
      seed: 1,
      learningRate: 0.1
    )
    let losses = rows.map { _ in 1.0 }
    step.weigh(rows, losses: losses, lossesAfter: losses, endsEpoch: false)
    return SingleStepAnswer(step, losses: losses)
  }

  @Test("weights, direction and cosines of two conflicting gradients, worked by hand")
  func conflict() throws {
    // v1 = (1, 0) + 1/2 (-1, 1) = (1/2, 1/2); v2 = (-1, 1) + (1, 0) = (0, 1); w = (2, 3/2).
    let answer = try Self.answer("pcgrad", [[1, 0], [-1, 1]])
    #expect(answer.weights == [2, 1.5])
    #expect(answer.direction == [0.5, 1.5])
    #expect(agree([answer.norm], [(2.5).squareRoot()]))
    #expect(agree(answer.gradientNorms, [1, (2.0).squareRoot()]))
    #expect(agree(answer.cosines, [0.5 / (2.5).squareRoot(), 1 / (5.0).squareRoot()]))
    #expect(!answer.isPolicy && answer.assumptions.isEmpty)
  }

  @Test("JSON has null where there is no number")
  func json() throws {
    let answer = try Self.answer("equal", [[3, 4], [0, 0]])
    #expect(
      answer.json == """
        {"assumptions":[],"cosines":[1,null],"direction":[3,4],"gradient_norms":[5,0],\
        "losses":[1,1],"method":"equal","norm":5,"policy":false,"schema":"mtlbench/weigh/1","weights":[1,1]}
        """
    )
  }

  @Test("what is assumed beyond the Jacobian is said")
  func assumptions() throws {
    let rows = [[1.0, 0], [0, 1]]
    #expect(try Self.answer("modo", rows).assumptions.count == 1)
    #expect(try Self.answer("cagrad", rows).assumptions.isEmpty)
  }

  @Test("a Jacobian is read line by line, and empty lines are passed over")
  func reading() throws {
    let rows = try JacobianFile.read(text: "1, -2.5e-3\r\n\n 0 ,4\n", file: "J.csv")
    #expect(rows == [[1, -2.5e-3], [0, 4]])
  }

  @Test(
    "a mistake in a Jacobian is told with its place",
    arguments: [
      ("1,2\n3,x\n", "J.csv:2:3: expected a number, found 'x'"),
      ("1,,2\n", "J.csv:1:3: expected a number, found nothing"),
      ("1,2\n\n3\n", "J.csv:3:1: expected 2 numbers as in line 1, found 1"),
      ("a,b\n1,2\n", "J.csv:1:1: expected a number, found 'a'"),
      ("1,inf\n", "J.csv:1:3: expected a number, found 'inf'"),
      (" \n", "J.csv:1:1: nothing here, expected a line of numbers for each task"),
    ]
  )
  func mistakes(_ text: String, _ words: String) {
    do {
      _ = try JacobianFile.read(text: text, file: "J.csv")
      Issue.record("accepted")
    } catch {
      #expect(error.description == words)
    }
  }
}
