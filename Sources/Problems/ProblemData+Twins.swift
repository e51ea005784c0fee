internal import Kernels

extension ProblemData {
  /// Rows that are looked at; a column that follows another follows it everywhere.
  private static let twinRows = 5_000
  /// Rows of each kind that agree by chance no more.
  private static let fewestOfAKind = 5
  /// A correlation from which on two columns say the same, rounding aside.
  private static let sameness = 0.9999

  /// Names of the inputs that give a target away on the training rows: a line through the one is the
  /// other, or the one tells a class of the other.
  ///
  /// Empty where inputs have no names. What says the same as a target is most often the target in other
  /// words, and then no input.
  package func twins(ofTask i: Int) -> [String] {
    let labels = targets(ofTask: i, in: .train)
    let rows = train.rows(ofTask: i).prefix(Self.twinRows).filter { !labels[$0, 0].isNaN }
    let values = rows.map { Double(labels[$0, 0]) }
    let classes = tasks[i].kind.classCount
    let signs =
      classes > 2
      ? (0..<classes).map { own in values.map { $0 == Double(own) ? 1.0 : 0 } } : [values]
    let isClass = classes > 0
    let told = signs.filter { !isClass || Self.isCommon($0) }.map { Centered($0) }
    let inputs = train.inputs.view
    return inputNames.indices.filter { column in
      let input = Centered(rows.map { Double(inputs[$0, column]) })
      return told.contains { abs($0.correlation(with: input)) >= Self.sameness }
    }.map { inputNames[$0] }
  }

  /// Whether enough rows are of the class and enough are not.
  private static func isCommon(_ sign: [Double]) -> Bool {
    let count = sign.count { $0 != 0 }
    return min(count, sign.count - count) >= fewestOfAKind
  }
}

/// Numbers less their mean.
private struct Centered {
  private let values: [Double]
  private let norm: Double

  init(_ numbers: [Double]) {
    let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
    values = numbers.map { $0 - mean }
    norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// From -1 to 1; 0 where one of the two does not vary.
  func correlation(with other: Centered) -> Double {
    guard norm > 0, other.norm > 0 else { return 0 }
    var sum = 0.0
    for k in values.indices { sum += values[k] * other.values[k] }
    return sum / (norm * other.norm)
  }
}
