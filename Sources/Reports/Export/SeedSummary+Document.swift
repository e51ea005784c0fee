internal import Settings
internal import Statistics

extension SeedSummary {
  /// The mean with its interval and how many seeds are in it, for programs.
  var document: CanonicalTable {
    var table = CanonicalTable()
    table["mean"] = .number(orNull: mean)
    table["lower"] = .number(orNull: interval.lower)
    table["upper"] = .number(orNull: interval.upper)
    table["seeds"] = .count(count)
    return table
  }
}
