/// One element of a plot command: data, how they are drawn, and a name for those who point at it or
/// have it read to them.
///
/// Without a name gnuplot writes its command into the picture.
enum Element {
  static func named(_ name: String, _ drawing: String) -> String {
    "\(drawing) title \(GnuplotText.quoted(name))"
  }

  /// A line from one place to another, such as `-0.5, 1` to `3, 1`.
  static func line(
    _ name: String,
    from start: (x: Double, y: Double),
    to end: (x: Double, y: Double),
    _ look: String
  ) -> String {
    let texts = [start.x, start.y, end.x - start.x, end.y - start.y].map {
      "(\(NumberText.exact($0)))"
    }
    return named(
      name,
      "'+' using \(texts.joined(separator: ":")) every ::0::0 with vectors nohead \(look)"
    )
  }

  /// One point.
  static func point(_ name: String, x: Double, y: Double, _ look: String) -> String {
    named(
      name,
      "'+' using (\(NumberText.exact(x))):(\(NumberText.exact(y))) every ::0::0 with points \(look)"
    )
  }
}
