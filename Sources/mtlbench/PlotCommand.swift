internal import ArgumentParser
internal import Reports
internal import Settings
internal import Store

/// `mtlbench plot`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draws plots of a stored suite.",
    discussion: """
      Without a name all plots are drawn, and all tables written beside them; with --problem those of \
      one problem. With --width a plot is laid out for paper: its text has 7 to 9 points at that \
      width, in PDF, SVG and PNG alike. Of many methods the rivals, the best and the worst are told \
      apart; --methods names others. Scripts stay beside the pictures with their data inside: edit one \
      and run 'gnuplot NAME.gp' in its folder. \
      Plots: \(PlotRegistry.all.map { $0.name }.joined(separator: ", ")).
      """
  )

  @Argument(help: "Only these plots.")
  var names: [String] = []

  @Option(
    help: "Width on paper, such as 8cm for a column or 17cm for a page; 5 to 60 cm.",
    transform: PaperWidth.init
  )
  var width: PaperWidth?

  @OptionGroup var methods: MethodOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try checkNames()
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    var choice = ResultsWriter.Selection()
    choice.problem = try selection.problem.flatMap { _ in
      try selection.problems(of: results).first?.problem.label
    }
    let isSome = !names.isEmpty || width != nil || methods.list != nil
    choice.plots =
      isSome ? Set(names.isEmpty ? PlotRegistry.all.map { $0.name } : names) : nil
    choice.request.methods = try methods.labels(in: results).map { Set($0) }
    if let width {
      choice.request.canvas = .print(centimetres: width.centimetres)
      choice.suffix = "-" + width.text
    }
    let folder = ResultFolder(path: output.folder, hasPDF: output.pdf || width != nil)
    let failed = try folder.write(results, from: store, choice)
    if !failed.isEmpty { throw ExitCode(1) }
  }

  /// Not in `validate`, which runs before the parser reports unknown options.
  private func checkNames() throws {
    let known = PlotRegistry.all.map { $0.name }
    for name in names where !known.contains(name) {
      let meant = NearestName.question(name, among: known).map { " (\($0))" } ?? ""
      throw ValidationError(
        "no plot is called '\(name)'\(meant); known: \(known.joined(separator: ", "))"
      )
    }
  }
}

/// A width on paper, as it was written and in centimetres.
struct PaperWidth: Sendable {
  let text: String
  let centimetres: Double

  /// Centimetres in each unit.
  private static let units = [("cm", 1.0), ("mm", 0.1), ("in", 2.54), ("pt", 2.54 / 72.27)]
  private static let range = 5.0...60.0

  init(_ text: String) throws {
    guard let (unit, factor) = Self.units.first(where: { text.hasSuffix($0.0) }),
      let number = Double(text.dropLast(unit.count)),
      Self.range.contains(number * factor)
    else {
      throw ValidationError(
        "--width: expected 5 to 60 cm, such as 8cm, 85mm, 3.3in or 240pt, found '\(text)'"
      )
    }
    self.text = text
    centimetres = number * factor
  }
}
