import Kernels
import Problems
import Testing

@Suite("Shapes")
struct ShapesProblemTests {
  private let clean = "clutter: 0\nnoise: 0\ntrain: 200\nvalidation: 10\ntest: 10\n"

  @Test("every sample depends on the seed and its place alone")
  func places() throws {
    let first = try makeProblem("shapes", "train: 20\nvalidation: 5\ntest: 5").makeData(seed: 4)
    let more = try makeProblem("shapes", "train: 20\nvalidation: 5\ntest: 9").makeData(seed: 4)
    for column in 0..<5 {
      #expect(
        first.test.targets.column(column) == Array(more.test.targets.column(column).prefix(5))
      )
    }
    #expect(first.inputForm == .image(channels: 1, height: 20, width: 20))
  }

  @Test("boxes lie around the pixels that are lit, and classes are as many as asked for")
  func boxes() throws {
    let data = try makeProblem("shapes", clean + "classes: 3\nside: 16\nradius: [2, 5]")
      .makeData(seed: 2)
    let box = data.tasks[1]
    #expect(data.tasks[0].classNames == ["disc", "ring", "square"])
    #expect(box.metrics == [.rmse, .iou, .r2])
    for row in 0..<data.train.rowCount {
      let side = (0..<4).map {
        box.targetMean[$0] + box.targetScale[$0] * Double(data.train.targets[row, 1 + $0])
      }
      #expect(side[0] - side[2] / 2 >= -1e-4 && side[0] + side[2] / 2 <= 16 + 1e-4)
      #expect(side[1] - side[3] / 2 >= -1e-4 && side[1] + side[3] / 2 <= 16 + 1e-4)
      // A square's corners reach 0.78 √2 of the radius; a third of a pixel is the sub-samples' own size.
      let most = 10 * 1.104 + 1.0 / 3
      #expect(side[2] <= most && side[3] <= most && side[2] > 1 && side[3] > 1)
      // Dark pixels of a column have one value, the column's smallest.
      let dark = (0..<256).map { data.train.inputs.column($0).min() ?? 0 }
      if row % 50 == 0 {
        for pixel in 0..<256 where data.train.inputs[row, pixel] > dark[pixel] {
          let (x, y) = (Double(pixel % 16), Double(pixel / 16))
          #expect(x + 1 > side[0] - side[2] / 2 - 1e-3 && x < side[0] + side[2] / 2 + 1e-3)
          #expect(y + 1 > side[1] - side[3] / 2 - 1e-3 && y < side[1] + side[3] / 2 + 1e-3)
        }
      }
    }
  }

  @Test("shapes keep to the middle where they are told to")
  func offset() throws {
    let data = try makeProblem("shapes", clean + "offset: 1\nclasses: 2").makeData(seed: 1)
    let box = data.tasks[1]
    for row in 0..<200 {
      let x = box.targetMean[0] + box.targetScale[0] * Double(data.train.targets[row, 1])
      // The centre of the sub-samples is that of a disc or ring to half a pixel.
      #expect(abs(x - 10) <= 1.5)
    }
  }

  @Test("a radius that does not fit is refused")
  func radius() throws {
    let error = #expect(throws: (any Error).self) {
      try makeProblem("shapes", "side: 10\nradius: [4, 3]")
    }
    #expect(
      "\(try #require(error))" == "suite.yaml:2:9: radius: expected the smaller radius first"
    )
  }

  @Test("boxes overlap by intersection over union")
  func overlap() throws {
    let task = TaskDescription(
      name: "box",
      kind: .regression(outputs: 4),
      metrics: [.iou],
      targetMean: [0, 0, 1, 1],
      targetScale: [2, 2, 1, 1]
    )
    // In original units: [0, 0, 2, 2] for all; outputs equal, moved by half, apart, turned inside out.
    let targets = matrix([[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]])
    let outputs = matrix([[0, 0, 1, 1], [0.5, 0, 1, 1], [3, 0, 1, 1], [0, 0, -4, 1]])
    let metrics = TaskMetrics(task: task, outputs: outputs.view, targets: targets.view)
    #expect(abs(metrics.value(.iou) - (1 + 1.0 / 3) / 4) < 1e-12)
  }
}
