/// The known name that a mistyped one was most likely meant to be.
package enum NearestName {
  /// A name further off than a third of its length is no misspelling of it.
  private static let lettersPerMistake = 3

  /// The nearest of `known`, capitals aside; nil when none is near.
  package static func of(_ name: String, in known: [String]) -> String? {
    let wanted = name.lowercased()
    var nearest: (name: String, distance: Int)?
    for candidate in known {
      let distance = distance(Array(wanted), Array(candidate.lowercased()))
      let allowed = max(1, max(wanted.count, candidate.count) / lettersPerMistake)
      if distance <= allowed, distance < nearest?.distance ?? .max {
        nearest = (candidate, distance)
      }
    }
    return nearest?.name
  }

  /// Insertions, deletions, replacements and swaps of neighbours that make one text of the other.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in first.indices {
      var row = [i + 1]
      for j in second.indices {
        let replaced = last[j] + (first[i] == second[j] ? 0 : 1)
        var least = min(last[j + 1] + 1, row[j] + 1, replaced)
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      (beforeLast, last) = (last, row)
    }
    return last[second.count]
  }
}
