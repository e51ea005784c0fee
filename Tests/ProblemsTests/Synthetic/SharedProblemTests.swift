import Kernels
import Problems
import Settings
import Testing

@Suite("shared")
struct SharedProblemTests {
  /// Training rows that carry a task's label.
  private func labelled(_ data: ProblemData, _ task: Int) -> [Int] {
    let column = data.train.targets.column(task)
    return column.indices.filter { !column[$0].isNaN }
  }

  @Test("the noiseless targets have the squared noise as loss, on the labelled rows alone")
  func knownSolution() throws {
    let text = "train: 8000\nirrelevant: 1\nrelevant: 1\nlabels: [4000]\n"
    let noisy = try makeProblem("shared", text + "noise: [0.3, 2]").makeData(seed: 1)
    let clean = try makeProblem("shared", text + "noise: [0]").makeData(seed: 1)
    for (i, noise) in [0.3, 2, 2].enumerated() {
      let loss = TaskMetrics(
        task: noisy.tasks[i],
        outputs: clean.targets(ofTask: i, in: .train),
        targets: noisy.targets(ofTask: i, in: .train)
      ).value(.loss)
      // At least 4000 draws: a relative standard deviation of sqrt(2 / 4000) = 0.022.
      #expect(abs(loss / (noise * noise) - 1) < 0.11)
    }
  }

  @Test("on a teacher of one unit every relevant task is a multiple of the main one")
  func oneTeacher() throws {
    let text = "teacher_width: 1\nrelevant: 2\nirrelevant: 1\nnoise: [0]"
    let targets = try makeProblem("shared", text).makeData(seed: 2).train.targets
    for task in 1...2 {
      let ratio = targets[0, task] / targets[0, 0]
      for row in 1..<50 {
        // Two floats and their quotient: a few units in the last place.
        #expect(abs(targets[row, task] / targets[row, 0] / ratio - 1) < 1e-5)
      }
    }
    let ratios = Set((0..<50).map { targets[$0, 3] / targets[$0, 0] })
    #expect(ratios.count == 50)
  }

  @Test(
    "an irrelevant task has the variance of a relevant one and no correlation with the main one"
  )
  func irrelevant() throws {
    let text = "relevant: 0\nirrelevant: 1\nnoise: [0]\ntrain: 2000\ninputs: 1024"
    let targets = try makeProblem("shared", text).makeData(seed: 3).train.targets
    let main = targets.column(0).map { Double($0) }
    let other = targets.column(1).map { Double($0) }
    let square = other.reduce(0) { $0 + $1 * $1 } / 2000
    #expect(abs(square - 1) < 0.1)
    let product = zip(main, other).reduce(0) { $0 + $1.0 * $1.1 } / 2000
    // 2000 rows: 0.022; the chance of two directions among 1024, 0.03, of which a sine of frequency
    // 2 passes on 2 exp(-2) sqrt(2) = 0.38: together a standard deviation of 0.025.
    #expect(abs(product) < 0.125)
  }

  @Test("the main task is the same whatever stands beside it")
  func paired() throws {
    let alone = try makeProblem("shared", "relevant: 0").makeData(seed: 4)
    for text in ["relevant: 3\nirrelevant: 2", "tasks: 2", "relevant: 1\nnoise: [0.3, 1]"] {
      let beside = try makeProblem("shared", text).makeData(seed: 4)
      for part in SplitPart.allCases {
        #expect(beside[part].inputs.column(5) == alone[part].inputs.column(5))
        #expect(beside[part].targets.column(0) == alone[part].targets.column(0))
      }
    }
    let few = try makeProblem("shared", "labels: [20]").makeData(seed: 4)
    let rows = labelled(few, 0)
    #expect(rows.map { few.train.targets[$0, 0] } == rows.map { alone.train.targets[$0, 0] })
    #expect(few.test.targets.column(0) == alone.test.targets.column(0))
  }

  @Test("few labels are among many, and validation and test keep all of them")
  func sameRows() throws {
    let data = try makeProblem("shared", "labels: [20, 80]").makeData(seed: 5)
    #expect((0..<4).map { labelled(data, $0).count } == [20, 80, 1600, 1600])
    #expect(Set(labelled(data, 0)).isSubset(of: labelled(data, 1)))
    #expect(data.tasks.map { $0.mayMiss } == [true, true, false, false])
    for part in [data.validation, data.test] {
      #expect((0..<4).allSatisfy { part.targets.column($0).allSatisfy { !$0.isNaN } })
    }
    let more = try makeProblem("shared", "labels: [40]").makeData(seed: 5)
    #expect(Set(labelled(data, 0)).isSubset(of: labelled(more, 0)))
    let other = try makeProblem("shared", "labels: [20, 80]").makeData(seed: 6)
    #expect(labelled(data, 0) != labelled(other, 0))
  }

  @Test("with rows of its own no task has another's label")
  func ownRows() throws {
    let text = "rows: own\nlabels: [20]\ntrain: 320\n"
    let data = try makeProblem("shared", text).makeData(seed: 7)
    #expect((0..<4).map { labelled(data, $0).count } == [20, 100, 100, 100])
    let all = (0..<4).flatMap { labelled(data, $0) }
    #expect(Set(all).count == 320)
    #expect(data.tasks.allSatisfy { $0.mayMiss })
  }

  @Test("tasks are named for what they are")
  func names() throws {
    let data = try makeProblem("shared", "tasks: 2\nrelevant: 1\nirrelevant: 2").makeData(seed: 1)
    #expect(
      data.tasks.map { $0.name } == ["main1", "main2", "relevant", "irrelevant1", "irrelevant2"]
    )
  }

  @Test("mistakes are told with their place")
  func mistakes() throws {
    func message(_ yaml: String) throws -> String {
      let error = #expect(throws: SettingsError.self) { try makeProblem("shared", yaml) }
      return "\(try #require(error))"
    }
    #expect(
      try message("labels: [2000]") == "suite.yaml:1:9: labels: 2000 labels for 1600 training rows"
    )
    #expect(
      try message("relevant: 0\nnoise: [1, 2]") == "suite.yaml:2:8: noise: 2 numbers for 1 tasks"
    )
    #expect(
      try message("rows: own\nlabels: [1599]")
        == """
        suite.yaml:1:7: rows: own rows for 1599 labels and 3 further tasks are more than the 1600 \
        training rows
        """
    )
    #expect(
      try message("relevant: 0\nlabels: [1, 2]")
        == "suite.yaml:2:9: labels: expected a list of 0 to 1 value, found a list of 2 values"
    )
  }
}
