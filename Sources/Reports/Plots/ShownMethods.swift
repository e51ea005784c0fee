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
    guard methods.count > Self.mostColored else {
      (colored, faint) = (methods, [])
      return
    }
    var chosen: Set<String> = [MethodResults.tunedStaticLabel]
    if let equal = problem.equal { chosen.insert(equal.record.label) }
    let ranked = methods.indices.sorted { first, second in
      let left = methods[first].deltaMSummary?.mean ?? .infinity
      let right = methods[second].deltaMSummary?.mean ?? .infinity
      return left == right ? first < second : left < right
    }
    for index in ranked where chosen.count < Self.mostColored && methods[index].failedCount == 0 {
      chosen.insert(methods[index].record.label)
    }
    colored = methods.filter { chosen.contains($0.record.label) }
    faint = methods.filter { !chosen.contains($0.record.label) }
  }

  /// The label, with a dagger and the finished share where runs failed.
  static func title(_ method: MethodResults) -> String {
    guard method.failedCount > 0 else { return method.record.label }
    return "\(method.record.label) † \(method.finishedCount)/"
      + "\(method.finishedCount + method.failedCount)"
  }
}
