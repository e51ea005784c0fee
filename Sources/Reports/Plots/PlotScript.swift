/// A figure as a script file that draws itself: `gnuplot <name>.gp`, in the script's own folder.
///
/// The only place that knows terminals, fonts and the looks that all plots share.
package enum PlotScript {
  /// A unit is this many pixels of a PNG for screens, of which some have narrow pixels.
  private static let pixelsPerPoint = 2
  /// Pixels in an inch of a PNG for paper.
  private static let printedPixels = 300.0
  /// A PNG with more pixels than this has one a unit: pictures of hundreds of panels are not looked
  /// at as a whole.
  private static let mostPixels = 20_000_000
  /// gnuplot sets the text of a PNG or PDF at 96 dots an inch, a third larger than the size says.
  private static let fontScale = 0.75
  /// Points, and pixels of an SVG, in an inch.
  private static let (pointsPerInch, pixelsPerInch) = (72.0, 96.0)

  /// Writes the script `<name>.gp` into `folder`.
  ///
  /// - Throws: `PlotError` when the file cannot be written.
  package static func write(
    _ figure: Figure,
    name: String,
    folder: String
  ) throws(PlotError) {
    let script = try GnuplotScript(path: folder + "/" + name + ".gp")
    for line in opening(figure, name: name) { try script.command(line) }
    for block in figure.blocks { try script.block(block) }
    for line in picturesLoop(figure, name: name) { try script.command(line) }
    try script.close()
  }

  private static func opening(_ figure: Figure, name: String) -> [String] {
    [
      "# \(GnuplotText.plain(figure.title))",
      "# Written by mtlbench, data included. Draw it again: gnuplot \(name).gp",
      "# With a PDF too: gnuplot -e \"pictures='svg png pdf'\" \(name).gp",
    ]
  }

  /// Draws the figure once per kind of picture; `part` is a suffix that mtlbench removes on success.
  private static func picturesLoop(_ figure: Figure, name: String) -> [String] {
    let output = GnuplotText.quoted(name + ".")
    return [
      "if (!exists('pictures')) pictures = 'svg png'",
      "if (!exists('part')) part = ''",
      "do for [picture in pictures] {",
      "reset",
      "set encoding utf8",
      "if (picture eq 'svg') { \(svg(figure)) }",
      "if (picture eq 'png') { \(png(figure)) }",
      "if (picture eq 'pdf') { \(pdf(figure)) }",
      "set output \(output).picture.part",
    ] + looks + figure.commands + ["unset multiplot", "unset output", "}"]
  }

  /// On paper a pixel is a 96th of an inch, as in every program that prints SVG.
  private static func svg(_ figure: Figure) -> String {
    let scale = figure.pointsPerUnit.map { $0 * pixelsPerInch / pointsPerInch }
    let (width, height) = size(figure, scale ?? 1)
    return """
      set terminal svg size \(width),\(height) \(scale == nil ? "dynamic" : "fixed") \
      font 'sans-serif,\(number(Canvas.textSize * (scale ?? 1)))' \
      linewidth \(number(scale ?? 1)) background rgb 'white'
      """
  }

  private static func png(_ figure: Figure) -> String {
    let pixels = figure.width * figure.height * pixelsPerPoint * pixelsPerPoint
    let scale =
      figure.pointsPerUnit.map { $0 * printedPixels / pointsPerInch }
      ?? Double(pixels > mostPixels ? 1 : pixelsPerPoint)
    let (width, height) = size(figure, scale)
    return """
      set terminal pngcairo size \(width),\(height) font 'sans,\(number(Canvas.textSize))' \
      fontscale \(number(fontScale * scale)) linewidth \(number(scale)) pointscale \(number(scale))
      """
  }

  private static func pdf(_ figure: Figure) -> String {
    let scale = figure.pointsPerUnit ?? 1
    let width = Double(figure.width) * scale / pointsPerInch
    let height = Double(figure.height) * scale / pointsPerInch
    return """
      set terminal pdfcairo size \(NumberText.fixed(width, 3))in,\(NumberText.fixed(height, 3))in \
      font 'sans,\(number(Canvas.textSize))' fontscale \(number(fontScale * scale)) \
      linewidth \(number(scale)) pointscale \(number(scale))
      """
  }

  private static func size(_ figure: Figure, _ scale: Double) -> (width: Int, height: Int) {
    (Int((Double(figure.width) * scale).rounded()), Int((Double(figure.height) * scale).rounded()))
  }

  private static func number(_ value: Double) -> String {
    NumberText.exact((value * 1000).rounded() / 1000)
  }

  private static let looks = [
    "set datafile missing '?'",
    "set minussign",
    "set border 3 back linecolor rgb '#444444'",
    "set tics nomirror out scale 0.6 textcolor rgb '#222222' noenhanced",
    "set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.6",
    "set style fill transparent solid 0.16 noborder",
    "set key noenhanced",
    "set style textbox noborder",
    "set errorbars small",
  ]
}
