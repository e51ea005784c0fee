/// Finds the name that a misspelt one was probably meant to be.
package enum NearestName {
  /// The name with the fewest typing mistakes between it and `name`, capitals aside.
  ///
  /// Nothing is near with more mistakes than a third of the letters of `name`, though one is
  /// always allowed. Of equally near names the first is taken.
  package static func of(_ name: String, among names: [String]) -> String? {
    let letters = Array(name.lowercased())
    var nearest: String?
    var fewest = max(1, letters.count / 3) + 1
    for candidate in names {
      let other = Array(candidate.lowercased())
      guard abs(letters.count - other.count) < fewest else { continue }
      let mistakes = mistakeCount(letters, other)
      if mistakes < fewest { (nearest, fewest) = (candidate, mistakes) }
    }
    return nearest
  }

  /// `did you mean 'uw'?`; nil where no name is near.
  package static func question(_ name: String, among names: [String]) -> String? {
    of(name, among: names).map { "did you mean '\($0)'?" }
  }

  /// The least number of inserted, left out, replaced and swapped neighbouring letters.
  ///
  /// Source: Damerau, "A technique for computer detection and correction of spelling errors",
  /// Communications of the ACM 7(3), 1964, in the form where no letter is changed twice (optimal
  /// string alignment).
  static func mistakeCount(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        var least = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
