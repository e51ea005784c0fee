internal import Statistics
internal import Store

/// Which methods of a problem are told apart where lines of all would hide each other.
struct ShownMethods: Sendable {
  /// More lines than this cannot be told apart.
  private static let mostColored = 7

  /// Those in colour, in table order.
  let colored: [MethodResults]
  /// Those in grey.
  let faint: [MethodResults]

  /// The rivals and the best by mean Δm are in colour.
  init(_ problem: ProblemResults) {
    let methods = problem.methods.filter { $0.finishedCount > 0 }
    let chosen = Self.chosen(
      methods.map { ($0.record, $0.failedCount == 0 ? $0.deltaMSummary?.mean : nil) }
    )
    colored = methods.indices.filter { chosen.contains($0) }.map { methods[$0] }
    faint = methods.indices.filter { !chosen.contains($0) }.map { methods[$0] }
  }

  /// Positions of the methods that are told apart: of all where they are few, else of the rivals and
  /// of the best by Δm; a method without one, or with failed runs, is not chosen for it.
  static func chosen(_ methods: [(record: MethodRecord, deltaM: Double?)]) -> Set<Int> {
    guard methods.count > mostColored else { return Set(methods.indices) }
    let rivals = [
      methods.firstIndex { $0.record.label == MethodLabel.tunedStatic },
      methods.firstIndex { $0.record.method == MethodLabel.equal },
    ]
    var chosen = Set(rivals.compactMap { $0 })
    let ranked = methods.indices.compactMap { index in methods[index].deltaM.map { ($0, index) } }
    for (_, index) in ranked.sorted(by: <) where chosen.count < mostColored { chosen.insert(index) }
    return chosen
  }

  /// The label, with a dagger and the finished share where runs failed.
  static func title(_ method: MethodResults) -> String {
    guard method.failedCount > 0 else { return method.record.label }
    return "\(method.record.label) † \(method.finishedCount)/"
      + "\(method.finishedCount + method.failedCount)"
  }
}
