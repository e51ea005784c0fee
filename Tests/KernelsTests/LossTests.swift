import Kernels
import Testing

/// One of the losses, with a plain loop for it.
enum Loss: CaseIterable, CustomTestStringConvertible {
  case softmax
  case sigmoid
  case squared
  case absolute
  case huber

  static let delta: Float = 0.4

  var testDescription: String { "\(self)" }

  func callAsFunction(
    _ kernels: KernelTable,
    _ outputs: MatrixView,
    _ targets: MatrixView,
    _ gradient: MatrixView,
    mayMiss: Bool = false
  ) -> LossSum {
    self(kernels, outputs, BatchTargets(targets), gradient, mayMiss: mayMiss)
  }

  func callAsFunction(
    _ kernels: KernelTable,
    _ outputs: MatrixView,
    _ targets: BatchTargets,
    _ gradient: MatrixView,
    mayMiss: Bool = false
  ) -> LossSum {
    switch self {
    case .softmax:
      kernels.softmaxCrossEntropy(
        logits: outputs,
        labels: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .sigmoid:
      kernels.sigmoidCrossEntropy(
        logits: outputs,
        targets: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .squared:
      kernels.squaredError(
        outputs: outputs,
        targets: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .absolute:
      kernels.absoluteError(
        outputs: outputs,
        targets: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .huber:
      kernels.huberError(
        outputs: outputs,
        targets: targets,
        gradient: gradient,
        delta: Self.delta,
        mayMiss: mayMiss
      )
    }
  }

  /// The loss of one row, and its derivatives by the outputs, both before any mean.
  func reference(_ outputs: [Double], _ targets: [Double]) -> (loss: Double, slopes: [Double]) {
    if self == .softmax {
      let largest = outputs.max() ?? 0
      let exponentials = outputs.map { Portable.exp($0 - largest) }
      let sum = exponentials.reduce(0, +)
      let label = Int(targets[0])
      var slopes = exponentials.map { $0 / sum }
      slopes[label] -= 1
      return (Portable.log(sum) + largest - outputs[label], slopes)
    }
    let terms = zip(outputs, targets).map { elementReference($0, $1) }
    return (terms.map(\.0).reduce(0, +), terms.map(\.1))
  }

  private func elementReference(_ y: Double, _ t: Double) -> (Double, Double) {
    let error = y - t
    let delta = Double(Self.delta)
    switch self {
    case .sigmoid:
      let loss = max(y, 0) - y * t + Portable.log1p(Portable.exp(-abs(y)))
      return (loss, 1 / (1 + Portable.exp(-y)) - t)
    case .absolute: return (abs(error), error > 0 ? 1 : error < 0 ? -1 : 0)
    case .huber where abs(error) > delta:
      return (delta * (abs(error) - delta / 2), error > 0 ? delta : -delta)
    case .huber: return (error * error / 2, error)
    default: return (error * error, 2 * error)
    }
  }
}

/// Outputs, targets and the place of the gradient, each a slice of a wider matrix.
struct LossCase {
  let outputs: MarkedWindow
  let targets: MarkedWindow
  let gradient: MarkedWindow

  /// One row in `missingEvery` has no target, none where it is 0.
  init(_ loss: Loss, rows: Int, columns: Int, size: Float = 3, missingEvery: Int = 0) {
    let values = samples(rows * columns, seed: 1).map { $0 * size }
    var stream = RandomStream(seed: 2, purpose: .data)
    outputs = MarkedWindow(rows: rows, columns: columns, lead: 3) { values[$0 * columns + $1] }
    targets = MarkedWindow(rows: rows, columns: loss == .softmax ? 1 : columns, lead: 5) {
      (row, column) in
      if missingEvery > 0 && row % missingEvery == 0 && column == 0 { return .nan }
      switch loss {
      case .softmax: return Float(stream.below(columns))
      case .sigmoid: return Float(stream.below(2))
      default: return Float(stream.normal())
      }
    }
    gradient = MarkedWindow(rows: rows, columns: columns, lead: 2)
  }

  /// The mean loss and the gradient by a plain loop.
  func reference(_ loss: Loss) -> (mean: Double, presentRows: Int, gradient: [Double]) {
    let columns = outputs.view.columns
    var sum = 0.0
    var slopes: [Double] = []
    var present = 0
    for r in 0..<outputs.view.rows {
      let row = (0..<columns).map { Double(outputs[r, $0]) }
      let target = (0..<targets.view.columns).map { Double(targets[r, $0]) }
      guard !target[0].isNaN else {
        slopes += [Double](repeating: 0, count: columns)
        continue
      }
      let (loss, slope) = loss.reference(row, target)
      sum += loss
      slopes += slope
      present += 1
    }
    let terms = Double(max(present, 1) * (loss == .softmax ? 1 : columns))
    return (sum / terms, present, slopes.map { $0 / terms })
  }
}

@Suite("Losses")
struct LossTests {
  static let shapes = [
    (1, 1), (32, 1), (33, 5), (15, 10), (17, 16), (40, 17), (4, 64), (3, 65), (2, 100), (3, 1000),
  ]

  @Test("agree with a plain loop, on slices", arguments: InstructionSet.supported, Loss.allCases)
  func agreement(_ set: InstructionSet, _ loss: Loss) {
    for (rows, columns) in Self.shapes {
      for missingEvery in [0, 1, 3] {
        let lossCase = LossCase(loss, rows: rows, columns: columns, missingEvery: missingEvery)
        let result = loss(
          KernelTable(set),
          lossCase.outputs.view,
          lossCase.targets.view,
          lossCase.gradient.view,
          mayMiss: missingEvery > 0
        )
        let expected = lossCase.reference(loss)
        #expect(result.presentRows == expected.presentRows)
        // Each term is good to a few roundings of numbers of size 10.
        #expect(abs(result.mean - expected.mean) <= 1e-6 * max(1, expected.mean))
        for (value, reference) in zip(lossCase.gradient.elements, expected.gradient) {
          // Slopes reach 20; their mean is taken over `rows` or more.
          #expect(abs(Double(value) - reference) <= 2e-6 / Double(max(expected.presentRows, 1)))
        }
        #expect(lossCase.gradient.hasUntouchedSurroundings())
      }
    }
  }

  @Test("leave nothing where no row has a target", arguments: Loss.allCases)
  func nothingPresent(_ loss: Loss) {
    let lossCase = LossCase(loss, rows: 20, columns: 3, missingEvery: 1)
    let result = loss(
      .best,
      lossCase.outputs.view,
      lossCase.targets.view,
      lossCase.gradient.view,
      mayMiss: true
    )
    #expect(result == LossSum(mean: 0, presentRows: 0))
    #expect(lossCase.gradient.elements.allSatisfy { $0 == 0 })
  }

  @Test("are the same bits whether targets may be missing or not", arguments: Loss.allCases)
  func mayMissChangesNothing(_ loss: Loss) {
    for (rows, columns) in Self.shapes {
      let runs = [false, true].map { mayMiss in
        let lossCase = LossCase(loss, rows: rows, columns: columns)
        let result = loss(
          .best,
          lossCase.outputs.view,
          lossCase.targets.view,
          lossCase.gradient.view,
          mayMiss: mayMiss
        )
        return (result, lossCase.gradient.elements.map(\.bitPattern))
      }
      #expect(runs[0] == runs[1])
    }
  }

  @Test("stay finite for extreme outputs", arguments: InstructionSet.supported, Loss.allCases)
  func extremes(_ set: InstructionSet, _ loss: Loss) {
    let lossCase = LossCase(loss, rows: 33, columns: 5, size: 1e4)
    let result = loss(
      KernelTable(set),
      lossCase.outputs.view,
      lossCase.targets.view,
      lossCase.gradient.view
    )
    let expected = lossCase.reference(loss)
    #expect(abs(result.mean - expected.mean) <= 1e-6 * expected.mean)
    #expect(lossCase.gradient.elements.allSatisfy { $0.isFinite })
  }

  @Test("show an output that is not a number", arguments: InstructionSet.supported, Loss.allCases)
  func notANumber(_ set: InstructionSet, _ loss: Loss) {
    for columns in [2, 5, 70] {
      let lossCase = LossCase(loss, rows: 18, columns: columns)
      lossCase.outputs.view.start[17 * lossCase.outputs.view.stride + columns - 1] = .nan
      let result = loss(
        KernelTable(set),
        lossCase.outputs.view,
        lossCase.targets.view,
        lossCase.gradient.view
      )
      #expect(result.mean.isNaN)
      #expect(lossCase.gradient[17, columns - 1].isNaN)
      #expect(lossCase.gradient[0, 0].isFinite)
    }
  }

  @Test("of a large batch are accurate to one part in ten million", arguments: Loss.allCases)
  func largeBatches(_ loss: Loss) {
    let lossCase = LossCase(loss, rows: 20_000, columns: 3, size: 1)
    let result = loss(
      .best,
      lossCase.outputs.view,
      lossCase.targets.view,
      lossCase.gradient.view
    )
    let expected = lossCase.reference(loss)
    #expect(abs(result.mean - expected.mean) <= 1e-7 * expected.mean)
  }

  @Test("of a confident, right logit keep their small value", arguments: InstructionSet.supported)
  func smallLosses(_ set: InstructionSet) {
    // ln(1 + e^-20) = 2.0611536e-9, which 1 + e^-20 in float would lose.
    let logits = MarkedWindow(rows: 1, columns: 1) { _, _ in 20 }
    let target = MarkedWindow(rows: 1, columns: 1) { _, _ in 1 }
    let gradient = MarkedWindow(rows: 1, columns: 1)
    let result = KernelTable(set).sigmoidCrossEntropy(
      logits: logits.view,
      targets: BatchTargets(target.view),
      gradient: gradient.view
    )
    #expect(abs(result.mean - 2.061_153_6e-9) < 1e-15)
  }

  @Test("take the derivative of an absolute error at 0 as 0", arguments: InstructionSet.supported)
  func kink(_ set: InstructionSet) {
    let outputs = MarkedWindow(rows: 1, columns: 3) { _, c in Float(c) }
    let targets = MarkedWindow(rows: 1, columns: 3) { _, _ in 1 }
    let gradient = MarkedWindow(rows: 1, columns: 3)
    let result = KernelTable(set).absoluteError(
      outputs: outputs.view,
      targets: BatchTargets(targets.view),
      gradient: gradient.view
    )
    #expect(abs(result.mean - 2.0 / 3) < 1e-15)
    #expect(gradient.elements == [-1 / 3, 0, 1 / 3])
  }

  @Test("may write their gradient over the outputs", arguments: Loss.allCases, shapes)
  func inPlace(_ loss: Loss, _ shape: (Int, Int)) {
    let apart = LossCase(loss, rows: shape.0, columns: shape.1)
    let together = LossCase(loss, rows: shape.0, columns: shape.1)
    let first = loss(.best, apart.outputs.view, apart.targets.view, apart.gradient.view)
    let second = loss(.best, together.outputs.view, together.targets.view, together.outputs.view)
    #expect(first == second)
    #expect(apart.gradient.elements == together.outputs.elements)
  }

  @Test("read a batch's targets where they stand among others", arguments: Loss.allCases, shapes)
  func listedRows(_ loss: Loss, _ shape: (Int, Int)) {
    let copied = LossCase(loss, rows: shape.0, columns: shape.1, missingEvery: 4)
    let inPlace = LossCase(loss, rows: shape.0, columns: shape.1, missingEvery: 4)
    // Row i of the batch stands at row 3 (rows - 1 - i) of all targets.
    let places = (0..<shape.0).map { Int32(3 * (shape.0 - 1 - $0)) }
    let all = Matrix(rows: 3 * shape.0, columns: copied.targets.view.columns)
    for (row, place) in places.enumerated() {
      for column in 0..<all.columns { all[Int(place), column] = copied.targets[row, column] }
    }
    let expected = loss(
      .best,
      copied.outputs.view,
      copied.targets.view,
      copied.gradient.view,
      mayMiss: true
    )
    places.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      let result = loss(
        .best,
        inPlace.outputs.view,
        BatchTargets(all.view, rows: start),
        inPlace.gradient.view,
        mayMiss: true
      )
      #expect(result == expected)
    }
    #expect(inPlace.gradient.elements == copied.gradient.elements)
  }

  @Test("refuse a class that is not there", arguments: [-1, 3])
  func wrongClass(_ label: Float) async {
    await #expect(processExitsWith: .failure) { [label] in
      let logits = Matrix(rows: 1, columns: 3)
      let labels = Matrix(rows: 1, columns: 1)
      labels[0, 0] = label
      _ = KernelTable(.best).softmaxCrossEntropy(
        logits: logits.view,
        labels: BatchTargets(labels.view),
        gradient: logits.view
      )
    }
  }

  @Test("are the same bits on every instruction set with a fused multiply-add")
  func sameBits() {
    for loss in Loss.allCases {
      for (rows, columns) in Self.shapes {
        let results = fusedSets.map { set in
          let lossCase = LossCase(loss, rows: rows, columns: columns, missingEvery: 4)
          let result = loss(
            KernelTable(set),
            lossCase.outputs.view,
            lossCase.targets.view,
            lossCase.gradient.view,
            mayMiss: true
          )
          return (result, lossCase.gradient.elements.map(\.bitPattern))
        }
        #expect(results.allSatisfy { $0 == results[0] }, "\(loss) \(rows)x\(columns)")
      }
    }
  }
}
