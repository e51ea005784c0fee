internal import Kernels
package import Settings

/// Tasks from a CSV file: columns as inputs and targets, standardised on the training rows.
///
/// Inputs of numbers: a missing cell becomes the training mean; then `(value - mean) / deviation`
/// with the training mean and population standard deviation, taken after the replacement; a constant
/// column becomes 0. Words for true and false are 1 and 0. Inputs of other texts: `CategoryColumn`.
/// With `missing_indicator` each number that lacks a cell anywhere adds a column of 0 and
/// 1 after the inputs. Targets: regressions are standardised alike over their present labels,
/// metrics are in original units; class labels become indices. A row may lack some labels, which
/// are masked in that task's loss and metrics; a row that lacks all is dropped.
///
/// Nothing is fitted on validation or test rows. Rows keep the file's order within a part.
///
/// Where every target names a file of its own, each task has the rows of its file and no others. The
/// files have the same inputs, which are fitted on the training rows of all files together; each file
/// is split by itself, and a seeded split of each has a stream of its own.
///
/// Settings: see `description`. A `NAME.json` beside `NAME.csv` gives inputs, targets and split
/// where the suite does not.
package struct TabularProblem: Problem {
  package static let name = "csv"

  package static let description = ProblemDescription(
    idea: "Tasks from the columns of a CSV file.",
    formula: """
      numbers: training mean where missing, then (value - mean) / deviation of the training rows; \
      texts: a column of 0 and 1 for each value that enough training rows have; \
      regression targets: the same; classes: indices
      """,
    source: "the file; its NAME.md, if there is one, says where it is from",
    settings: [
      .init(
        "file",
        "path of the CSV file, relative to the suite's folder; not where targets name their files"
      ),
      .init(
        "inputs",
        "names and patterns (p*, temp_?, !id); default: those of NAME.json, else all other columns"
      ),
      .init(
        "targets",
        """
        names, patterns, or tables of column (or name and columns, the outputs of one task), kind \
        (regression, binary, multiclass), loss, huber_delta, metrics, classes, unit, and perhaps file \
        (then every target has one, of rows of its own), name and delimiter; default: those of NAME.json
        """
      ),
      .init(
        "categories",
        "inputs that are categories whatever their cells are; names and patterns"
      ),
      .init(
        "image",
        "channels, height and width that the inputs are, row by row; default: columns"
      ),
      .init("sequence", "moments and features of each that the inputs are; default: columns"),
      .init("dates", "leave_out (default) or split: year, month, day, weekday and hour as numbers"),
      .init("rare", "a category of fewer training rows counts as other (default 5)"),
      .init("split", "the column with train, val, test; or seeded; default: a split column if any"),
      .init("fractions", "of training, validation and test rows (default [0.6, 0.2, 0.2])"),
      .init("stratify", "whether a seeded split keeps class shares (default true)"),
      .init(
        "missing_values",
        "texts that mean a missing value, beside the empty cell and the usual marks (NA, ?, NaN)"
      ),
      .init("usual_missing", "whether the usual marks mean a missing value (default true)"),
      .init("missing_indicator", "whether to add a column per input with gaps (default false)"),
      .init("standardize_targets", "whether regressions are standardised (default true)"),
      .init("delimiter", "what separates cells, one character; default: what the file shows"),
      .init("decimal", "the decimal sign, '.' or ',' (default '.')"),
      .init("thousands", "what separates thousands, one character; default: nothing"),
      .init("comment", "what begins a line that is skipped; default: '#' before the names"),
    ]
  )

  package let provenance: [String: String]
  package let notices: [String]

  /// Stands in the identity of runs on a file that the first version would have read otherwise.
  private static let readingVersion = "2"

  /// What messages about a whole column call the file, or the files.
  private let file: String
  private let inputs: [InputColumn]
  /// What the inputs are; nil for columns in no order.
  private let form: InputForm?
  private let targets: [TargetColumn]
  /// The file of all tasks, or that of each.
  private let sections: [TabularSection]
  private let hasOwnRows: Bool
  private let rare: Int
  private let hasIndicators: Bool
  private let standardizesTargets: Bool

  package init(settings: inout SettingsReader, relativeTo folder: String) throws {
    let options = try TabularOptions(settings: &settings)
    let (columns, hashes) =
      if let file = options.file {
        try TabularProblem.read(
          DataFile.path(file, relativeTo: folder),
          settings: &settings,
          options
        )
      } else {
        try TabularProblem.readTaskFiles(settings: &settings, options, relativeTo: folder)
      }
    var provenance = hashes
    let notices = columns.notices
    if notices.contains(where: { $0.changesNumbers }) {
      provenance["reading"] = TabularProblem.readingVersion
    }
    self.provenance = provenance
    self.notices = notices.map { "\($0)" }
    file = columns.file
    hasOwnRows = options.file == nil
    rare = options.rare
    hasIndicators = options.hasIndicators
    standardizesTargets = options.standardizesTargets

    let kept = (0..<columns.rowCount).filter { row in
      columns.targets.contains { !$0.values[row].isNaN }
    }
    var inputs = columns.inputs
    var targets = columns.targets
    if kept.count < columns.rowCount {
      for k in inputs.indices { inputs[k].keep(rows: kept) }
      for k in targets.indices { targets[k].keep(rows: kept) }
    }
    self.inputs = inputs
    form = try options.form(of: inputs, settings)
    self.targets = targets
    sections = try columns.sections.map { section in
      try TabularSection(section, kept: kept, targets, options)
    }
  }

  /// The columns of the one file of all tasks, and the hashes of what was read.
  private static func read(
    _ path: String,
    settings: inout SettingsReader,
    _ options: TabularOptions
  ) throws -> (TabularColumns, hashes: [String: String]) {
    let data = try DataFile(path: path)
    let table = try CSVFile(data, options.dialect)
    settings.record("delimiter", as: .text(TabularOptions.text(ofDelimiter: table.delimiter)))
    let description = try DataDescription(besideTable: data.path)
    let columns = try TabularColumns(
      settings: &settings,
      table: table,
      description: description,
      marks: options.marks(of: table),
      splitsDates: options.splitsDates
    )
    var hashes = ["csv": data.hash]
    if let description { hashes["json"] = description.hash }
    return (columns, hashes)
  }

  /// The columns of the files of every task, and the hashes of what was read.
  private static func readTaskFiles(
    settings: inout SettingsReader,
    _ options: TabularOptions,
    relativeTo folder: String
  ) throws -> (TabularColumns, hashes: [String: String]) {
    let files = try TaskFile.all(
      settings: &settings,
      dialect: options.dialect,
      relativeTo: folder
    )
    var hashes: [String: String] = [:]
    for file in files {
      hashes["csv of \(file.task)"] = file.hash
      if let description = file.description { hashes["json of \(file.task)"] = description.hash }
    }
    let columns = try TabularColumns(settings: &settings, files: files, options: options)
    return (columns, hashes)
  }

  package var dependsOnSeed: Bool { sections.contains { $0.isSeeded } }

  package var inputSummaries: [InputSummary] { inputs.map { $0.summary } }

  package func makeData(seed: UInt64) throws -> ProblemData {
    let rowsOfSections = try sections.enumerated().map { index, section in
      var stream = RandomStream(seed: seed, purpose: .split, index: UInt64(index))
      return try section.rowsOfParts(using: &stream)
    }
    let rows = SplitPart.allCases.indices.map { part in rowsOfSections.flatMap { $0[part] } }
    try requireLabels(rows)
    let coding = try InputCoding(
      inputs,
      training: rows[0],
      rare: rare,
      hasIndicators: hasIndicators,
      file: file
    )
    let targetFits = try targets.map { try fit($0, training: rows[0]) }
    let parts = rows.enumerated().map { part, rows in
      DataPart(
        inputs: coding.matrix(rows: rows),
        targets: targetMatrix(rows: rows, fits: targetFits),
        rowCounts: hasOwnRows ? rowsOfSections.map { $0[part].count } : nil
      )
    }
    return ProblemData(
      tasks: tasks(targetFits),
      train: parts[0],
      validation: parts[1],
      test: parts[2],
      inputNames: coding.columnNames,
      inputForm: form
    )
  }

  /// One task for each target, or for the columns of one task.
  private func tasks(_ fits: [Standardization]) -> [TaskDescription] {
    var tasks: [TaskDescription] = []
    var next = 0
    while next < targets.count {
      let target = targets[next]
      let columns = next..<next + max(1, target.kind.targetCount)
      tasks.append(
        TaskDescription(
          name: target.task ?? target.name,
          kind: target.kind,
          loss: target.loss,
          huberDelta: target.huberDelta,
          classNames: target.classNames,
          metrics: target.metrics,
          unit: target.unit,
          targetMean: fits[columns].map { $0.mean },
          targetScale: fits[columns].map { $0.scale },
          mayMiss: target.isMissingSome
        )
      )
      next = columns.upperBound
    }
    return tasks
  }

  /// - Throws: `CSVError` when a part has no row with some task's label.
  private func requireLabels(_ rows: [[Int]]) throws(CSVError) {
    for (part, rows) in zip(SplitPart.allCases, rows) {
      for target in targets where rows.allSatisfy({ target.values[$0].isNaN }) {
        let problem = CSVError.ColumnProblem.noLabelsInPart(part: part.rawValue)
        throw .column(file: target.file, name: target.name, problem)
      }
    }
  }

  /// What a target is standardised by, after checking that its training labels differ.
  private func fit(_ target: TargetColumn, training: [Int]) throws(CSVError) -> Standardization {
    let labels = training.map { target.values[$0] }.filter { !$0.isNaN }
    guard labels.contains(where: { $0 != labels[0] }) else {
      throw .column(file: target.file, name: target.name, .constantTraining)
    }
    guard target.kind.classCount == 0 && standardizesTargets else { return .none }
    return Standardization(fitting: labels, imputing: false) ?? .none
  }

  private func targetMatrix(rows: [Int], fits: [Standardization]) -> Matrix {
    let matrix = Matrix(rows: rows.count, columns: targets.count)
    let view = matrix.view
    for (column, target) in targets.enumerated() {
      for (place, row) in rows.enumerated() {
        view[place, column] = Float(fits[column].standardized(target.values[row]))
      }
    }
    return matrix
  }
}
