internal import Glibc

/// How far public implementations, and this build, are from the exact directions of
/// `aggregation.json`.
package enum PeerAngles {
  /// Directions shorter than this part of the Jacobian's largest entry have no direction to miss.
  private static let smallestLength = 1e-9
  /// The peer's name of this build's rows.
  package static let ownName = "mtlbench"

  /// One implementation of one method.
  package struct Row: Hashable, Sendable {
    package let method: String
    /// The implementation, as the reference file calls it.
    package let peer: String
    /// Cases inside the rule's domain that it was asked.
    package internal(set) var caseCount = 0
    /// Cases with an exception, numbers that are not finite, or a zero vector instead of a direction.
    package internal(set) var failureCount = 0
    /// The largest angle to the exact direction, in degrees.
    package internal(set) var worstAngle = 0.0
    /// The case of that angle; empty when all angles are 0 to the file's digits.
    package internal(set) var worstCase = ""

    init(method: String, peer: String) {
      self.method = method
      self.peer = peer
    }

    /// Takes in one case; `direction` is nil when there was none.
    mutating func add(_ direction: [Double]?, exact: [Double], id: String) {
      caseCount += 1
      guard let direction, direction.allSatisfy({ $0.isFinite }),
        direction.contains(where: { $0 != 0 })
      else {
        failureCount += 1
        return
      }
      let angle = PeerAngles.angle(direction, exact)
      guard angle > worstAngle else { return }
      worstAngle = angle
      worstCase = id
    }
  }

  /// Every implementation that a reference file knows of, this build's first for each method.
  ///
  /// A case on which an implementation agrees to the file's digits counts as an angle of 0.
  ///
  /// - Returns: Methods in the file's order.
  /// - Throws: `VerificationError` for a file that is none of aggregations.
  package static func rows(path: String) throws(VerificationError) -> [Row] {
    try rows(JSONReader.read(path: path))
  }

  static func rows(_ file: JSONValue) throws(VerificationError) -> [Row] {
    var rows: [Row] = []
    for element in try file.member("cases").elements() {
      guard case .object(let peers)? = element["peers"]?.content else { continue }
      let given = try AggregationCase(element, in: file)
      let length = given.direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard !given.isPolicy, length > smallestLength * given.scale else { continue }
      add(own(given), of: ownName, given, to: &rows)
      for (peer, answer) in peers.sorted(by: { $0.key < $1.key }) {
        let failed = answer["error"] != nil
        let direction = failed ? nil : try answer["direction"]?.doubles() ?? given.direction
        add(direction, of: peer, given, to: &rows)
      }
    }
    return rows
  }

  private static func own(_ given: AggregationCase) -> [Double]? {
    do {
      return try given.answer()
    } catch {
      return nil
    }
  }

  private static func add(
    _ direction: [Double]?,
    of peer: String,
    _ given: AggregationCase,
    to rows: inout [Row]
  ) {
    let index =
      rows.firstIndex { $0.method == given.name && $0.peer == peer }
      ?? {
        let position = rows.lastIndex { $0.method == given.name }.map { $0 + 1 } ?? rows.count
        rows.insert(Row(method: given.name, peer: peer), at: position)
        return position
      }()
    rows[index].add(direction, exact: given.direction, id: given.id)
  }

  /// Angle between two vectors in degrees, exact also where it is small.
  ///
  /// Source: Kahan, "How Futile are Mindless Assessments of Roundoff in Floating-Point
  /// Computation?", 2006, section 12.
  static func angle(_ x: [Double], _ y: [Double]) -> Double {
    let xNorm = norm(x)
    let yNorm = norm(y)
    let sum = norm(zip(x, y).map { $0 / xNorm + $1 / yNorm })
    let difference = norm(zip(x, y).map { $0 / xNorm - $1 / yNorm })
    return 2 * atan2(difference, sum) * 180 / Double.pi
  }

  private static func norm(_ x: [Double]) -> Double {
    x.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// The rows of implementations that miss a direction by more than a thousandth of a degree or
  /// fail, as a Markdown table.
  package static func table(_ rows: [Row]) -> String {
    var text = "| method | implementation | cases | no direction | largest angle | in case |\n"
    text += "| --- | --- | ---: | ---: | ---: | --- |\n"
    let shownAngle = 1e-3
    for row in rows where row.worstAngle >= shownAngle || row.failureCount > 0 {
      let angle =
        row.worstAngle >= shownAngle ? "\((row.worstAngle * 1000).rounded() / 1000)°" : "< 0.001°"
      text += "| \(row.method) | \(row.peer) | \(row.caseCount) | \(row.failureCount) | \(angle) | "
      text += "\(row.worstAngle >= shownAngle ? row.worstCase : "") |\n"
    }
    return text
  }
}
