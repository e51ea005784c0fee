internal import Statistics
internal import Store

/// Which methods of a problem are told apart where lines of all would hide each other.
struct ShownMethods: Sendable {
  /// Of more lines than `mostTold`, which cannot be told apart, so many are in colour.
  private static let (mostTold, mostColored) = (9, 7)

  /// Those in colour, in table order.
  let colored: [MethodResults]
  /// Those in grey.
  let faint: [MethodResults]

  /// The rivals, the best and the worst by mean Δm are in colour.
  init(_ problem: ProblemResults, _ request: PlotRequest) {
    let methods = problem.methods.filter { $0.finishedCount > 0 && request.shows($0.record.label) }
    let chosen = Self.chosen(
      methods.map { ($0.record, $0.failedCount == 0 ? $0.deltaMSummary?.mean : nil) }
    )
    colored = methods.indices.filter { chosen.contains($0) }.map { methods[$0] }
    faint = methods.indices.filter { !chosen.contains($0) }.map { methods[$0] }
  }

  /// Positions of the methods that are told apart: of all where they are few, else of the rivals and
  /// of the best and the worst by Δm, three to two; a method without one, or with failed runs, is not
  /// chosen for it.
  static func chosen(
    _ methods: [(record: MethodRecord, deltaM: Double?)],
    most: Int? = nil
  ) -> Set<Int> {
    guard methods.count > most ?? mostTold else { return Set(methods.indices) }
    let most = most ?? mostColored
    let rivals = [
      methods.firstIndex { $0.record.label == MethodLabel.tunedStatic },
      methods.firstIndex { $0.record.method == MethodLabel.equal },
    ]
    var chosen = Set(rivals.compactMap { $0 })
    let ranked = methods.indices.compactMap { index in methods[index].deltaM.map { ($0, index) } }
      .sorted(by: <).map { $0.1 }.filter { !chosen.contains($0) }
    let free = min(most - chosen.count, ranked.count)
    let worstCount = ranked.count > free ? free * 2 / 5 : 0
    chosen.formUnion(ranked.prefix(free - worstCount))
    chosen.formUnion(ranked.suffix(worstCount))
    return chosen
  }

  /// What is said of those in grey, such as `; 24 others in grey`.
  static func note(faintCount: Int) -> String {
    faintCount == 0
      ? "" : "; in colour the rivals, the best and the worst, \(faintCount) others in grey"
  }

  /// The label, with a dagger and the finished share where runs failed.
  static func title(_ method: MethodResults) -> String {
    guard method.failedCount > 0 else { return method.record.label }
    return "\(method.record.label) † \(method.finishedCount)/"
      + "\(method.finishedCount + method.failedCount)"
  }
}
