extension Double {
  /// What is larger has no place in a picture: gnuplot's own arithmetic ends not far above.
  private static let largestDrawn = 1e90

  /// Whether a picture can show the number: it is finite, and not so large that axes overflow.
  var isDrawable: Bool { magnitude <= Self.largestDrawn }
}
