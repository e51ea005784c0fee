/// Nonnegative coefficients on a growing and shrinking set of rows, as active-set methods keep them.
struct ActiveSet: Sendable {
  /// How far a move went.
  enum Move: Sendable {
    /// To its end.
    case reached
    /// At least one row has left the support.
    case shortened
    /// Nowhere: what was wanted is no number.
    case stuck
  }

  /// Rows that may have a positive coefficient, in the order in which they came in.
  private(set) var support: [Int] = []
  /// Coefficients of all rows; zero outside the support.
  private(set) var values: [Double]

  private var change: [Double]

  init(capacity: Int) {
    values = Array(repeating: 0, count: capacity)
    change = Array(repeating: 0, count: capacity)
    support.reserveCapacity(capacity)
  }

  mutating func removeAll() {
    support.removeAll(keepingCapacity: true)
    for i in values.indices { values[i] = 0 }
  }

  mutating func insert(_ row: Int, value: Double = 0) {
    support.append(row)
    values[row] = value
  }

  mutating func scale(by factor: Double) {
    for i in values.indices { values[i] *= factor }
  }

  /// Moves to `target`, or towards it until a coefficient becomes zero.
  ///
  /// Rows that have just come in and would become negative leave before anything moves.
  ///
  /// - Parameter target: Wanted coefficients in the order of `support`.
  /// - Returns: Whether the target was reached, and if not, whether the support is smaller now.
  mutating func move(towards target: [Double]) -> Move {
    var isInside = true
    var hasIdle = false
    for i in support.indices {
      change[i] = target[i] - values[support[i]]
      isInside = isInside && target[i] > 0
      hasIdle = hasIdle || target[i] <= 0 && values[support[i]] == 0
    }
    if isInside {
      for i in support.indices { values[support[i]] = target[i] }
      return .reached
    }
    if hasIdle {
      dropIdle(target)
      return .shortened
    }
    return move(along: change) ? .shortened : .stuck
  }

  /// Moves along `direction` until a coefficient becomes zero; its row leaves the support.
  ///
  /// - Parameter direction: Change of each coefficient in the order of `support`.
  /// - Returns: Whether a row has left; false, with nothing changed, when no coefficient falls.
  mutating func move(along direction: [Double]) -> Bool {
    var length = Double.infinity
    var blocking = -1
    for i in support.indices where direction[i] < 0 || values[support[i]] + direction[i] <= 0 {
      let value = values[support[i]]
      let reach = value > 0 ? value / -direction[i] : 0
      if reach < length {
        length = reach
        blocking = support[i]
      }
    }
    guard blocking >= 0 else { return false }
    for i in support.indices { values[support[i]] += length * direction[i] }
    values[blocking] = 0
    removeZeros()
    return true
  }

  private mutating func dropIdle(_ target: [Double]) {
    var kept = 0
    for i in support.indices where target[i] > 0 || values[support[i]] > 0 {
      support[kept] = support[i]
      kept += 1
    }
    support.removeLast(support.count - kept)
  }

  /// Takes rows without a coefficient out of the support.
  mutating func removeZeros() {
    var kept = 0
    for i in support.indices {
      let row = support[i]
      if values[row] > 0 {
        support[kept] = row
        kept += 1
      } else {
        values[row] = 0
      }
    }
    support.removeLast(support.count - kept)
  }
}
