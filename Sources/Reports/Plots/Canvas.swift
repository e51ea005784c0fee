/// The room that a figure is laid out for.
///
/// Figures are laid out in units of which a line of text takes eleven; on paper the text has a fixed
/// size, so that the units are smaller than points, and a figure is as wide as was asked for.
package struct Canvas: Sendable, Hashable {
  /// Units of the height of text.
  static let textSize = 11.0
  /// Points of the text on paper; the smallest text, of nine units, has seven then.
  private static let printedText = 8.6
  private static let pointsPerInch = 72.0
  private static let centimetresPerInch = 2.54
  /// Centimetres of a page's height that a picture may take.
  private static let printedHeight = 23.0

  /// Units of the widest figure; one on paper has exactly this width.
  package let width: Double
  /// Units that a figure is not to be higher than where it has a choice.
  package let height: Double
  /// Points on paper to the unit; nil for screens, which scale as they like.
  package let pointsPerUnit: Double?

  /// A window of a browser.
  package static let screen = Canvas(width: 1150, height: 900, pointsPerUnit: nil)

  /// A page's column or its whole width.
  package static func print(centimetres: Double) -> Canvas {
    let pointsPerUnit = printedText / textSize
    let units = { (centimetres: Double) in
      centimetres / centimetresPerInch * pointsPerInch / pointsPerUnit
    }
    return Canvas(
      width: units(centimetres).rounded(),
      height: units(printedHeight).rounded(),
      pointsPerUnit: pointsPerUnit
    )
  }

  /// Units that the names of rows may take; longer ones lack something in their middle.
  var labelRoom: Double {
    let share = 0.42
    return isPaper ? share * width : .infinity
  }

  /// Whether a figure fills the width whatever it shows.
  var isPaper: Bool { pointsPerUnit != nil }
}

/// What is asked of a plot beside its name.
package struct PlotRequest: Sendable, Hashable {
  /// The room it has.
  package var canvas: Canvas
  /// Labels of the methods that are drawn, in no order; nil for all.
  ///
  /// Numbers stay those of the whole suite.
  package var methods: Set<String>?

  package init(canvas: Canvas = .screen, methods: Set<String>? = nil) {
    self.canvas = canvas
    self.methods = methods
  }

  /// Whether a method is to be drawn.
  func shows(_ label: String) -> Bool { methods?.contains(label) ?? true }
}
