/// A part of the report: a heading with text and tables below it.
protocol Section: SendableMetatype {
  /// What `--only` calls it, and what its measurements are stored under.
  static var name: String { get }
  static var heading: String { get }

  /// Measures and writes down.
  ///
  /// - Parameter session: What to measure with; takes every measured value.
  /// - Returns: Markdown below the heading.
  /// - Throws: Whatever keeps it from being measured.
  static func text(_ session: Session) async throws -> String
}

/// All sections in their order: one line for each.
enum Sections {
  static let all: [any Section.Type] = [
    StepTable.self,
    RunTable.self,
    WeighingTable.self,
    ProductTable.self,
    LayerTable.self,
    LoopTable.self,
    GrowthTables.self,
    GramianTable.self,
    WorkerTable.self,
    MemoryTable.self,
    StartUpTable.self,
    SplitTable.self,
  ]

  static var names: [String] { all.map { $0.name } }
}
