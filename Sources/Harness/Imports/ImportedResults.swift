internal import Settings
internal import Store

/// Results that were made elsewhere, ready for a store: who was compared, on what, and every value.
package struct ImportedResults: Sendable {
  /// One run of a method: its values, or that it failed.
  struct Run: Sendable {
    let method: String
    let problem: String
    let seed: Int
    /// By task and metric; nil where the file has none.
    var values: [Place: Double?] = [:]
    var hasFailed = false
  }

  /// A metric of a task.
  struct Place: Hashable, Sendable {
    let task: String
    let metric: String
  }

  package let name: String
  /// The file's path, as it was given.
  package let path: String
  let hash: String
  /// In the order of the file.
  let problems: [String]
  package let methods: [String]
  let metrics: [ImportedCells.Metric]
  /// Metrics that each problem has a value of.
  let metricsOfProblem: [String: Set<Place>]
  let groups: [String: String]
  let runs: [Run]
  /// The method that Δm is against, and the one that the others are held against; nil for none.
  package let singleTask: String?
  package let rival: String?
  /// What is to be known of how the file was read, a sentence each.
  package let notices: [String]

  /// - Throws: `ImportError` where the file is no table of results, `CSVError` where it is no table.
  package init(path: String, _ options: ImportOptions) throws {
    let file = try ResultFile(path: path)
    let content = try ImportedCells(file, problem: options.name)
    self.path = path
    hash = file.hash
    name = options.name
    problems = Self.inOrder(content.cells.map { $0.problem })
    methods = Self.inOrder(content.cells.map { $0.method })
    groups = content.groups
    metrics = try Self.directed(content.metrics, options, path)
    let seeds = Seeds(content.cells.map { $0.seed })
    (runs, metricsOfProblem) = try Self.runs(content.cells, seeds, path)
    singleTask =
      try Self.named(options.singleTask, "--single-task", methods, path)
      ?? methods.first { content.groups[$0] == MethodGroup.singleTask.rawValue }
      ?? methods.first { MethodNames.isSingleTask($0) }
    rival =
      try Self.named(options.rival, "--against", methods, path)
      ?? methods.first { $0 == MethodLabel.tunedStatic }
      ?? methods.first { MethodNames.isEqual($0) }
    notices = Self.notices(content, seeds, runs)
  }

  /// The tasks as they were read, with the metrics of each: `seg (mIoU, pix acc); depth (abs err)`; a task
  /// that is its only metric has none behind it.
  package var tasksText: String {
    Self.inOrder(metrics.map { $0.task }).map { task in
      let names = metrics.filter { $0.task == task }.map { $0.name }
      return names == [task] ? task : "\(task) (\(names.joined(separator: ", ")))"
    }.joined(separator: "; ")
  }

  private static func inOrder(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private static func named(
    _ name: String?,
    _ option: String,
    _ methods: [String],
    _ path: String
  ) throws(ImportError) -> String? {
    guard let name, !methods.contains(name) else { return name }
    throw .file(path, .unknown(option: option, name: name, kind: "method", known: methods))
  }

  /// The metrics with a direction each.
  private static func directed(
    _ metrics: [ImportedCells.Metric],
    _ options: ImportOptions,
    _ path: String
  ) throws(ImportError) -> [ImportedCells.Metric] {
    let names = inOrder(metrics.map { $0.name })
    for (option, list) in [("--higher", options.higher), ("--lower", options.lower)] {
      for name in list where !names.contains(name) {
        throw .file(path, .unknown(option: option, name: name, kind: "metric", known: names))
      }
    }
    let directed = metrics.map { metric in
      var metric = metric
      if options.higher.contains(metric.name) { metric.isHigher = true }
      if options.lower.contains(metric.name) { metric.isHigher = false }
      return metric
    }
    let open = inOrder(directed.filter { $0.isHigher == nil }.map { $0.name })
    guard open.isEmpty else { throw .file(path, .noDirection(metrics: open)) }
    return directed
  }

  private static func runs(
    _ cells: [ImportedCells.Cell],
    _ seeds: Seeds,
    _ path: String
  ) throws(ImportError) -> ([Run], [String: Set<Place>]) {
    var places: [String: Int] = [:]
    var lines: [String: Int] = [:]
    var runs: [Run] = []
    var metrics: [String: Set<Place>] = [:]
    for cell in cells {
      let key = "\(cell.problem)\u{0}\(cell.method)\u{0}\(cell.seed)"
      let place = Place(task: cell.task, metric: cell.metric)
      let index = places[key] ?? runs.count
      if index == runs.count {
        places[key] = index
        runs.append(
          Run(method: cell.method, problem: cell.problem, seed: seeds.number(of: cell.seed))
        )
      }
      let cellKey = "\(key)\u{0}\(cell.task)\u{0}\(cell.metric)"
      if let first = lines.updateValue(cell.line, forKey: cellKey) {
        let words = [
          "method '\(cell.method)'", "problem '\(cell.problem)'", "seed \(cell.seed)",
          "'\(cell.task)'", "'\(cell.metric)'",
        ].joined(separator: ", ")
        throw .line(file: path, line: cell.line, .repeated(cell: words, firstLine: first))
      }
      metrics[cell.problem, default: []].insert(place)
      switch cell.value {
      case .number(let value): runs[index].values[place] = .some(value)
      case .missing: runs[index].values[place] = .some(nil)
      case .failed: runs[index].hasFailed = true
      }
    }
    return (runs, metrics)
  }

  private static func notices(
    _ content: ImportedCells,
    _ seeds: Seeds,
    _ runs: [Run]
  ) -> [String] {
    var notices: [String] = []
    if !content.ignored.isEmpty {
      notices.append(
        "columns that are no metrics are left out: " + content.ignored.joined(separator: ", ")
      )
    }
    if content.hasSpreads {
      notices.append(
        "what follows ± or a parenthesis in a cell is left out: spreads come from seeds"
      )
    }
    if seeds.isNumbered {
      notices.append("seeds that are no whole numbers are numbered in the order of the file")
    }
    let unknown = inOrder(content.cells.map { $0.method }).filter { method in
      content.groups[method] == nil && !MethodNames.isSingleTask(method)
        && !MethodNames.place(of: method).isKnown
    }
    if !unknown.isEmpty {
      notices.append(
        "methods that mtlbench does not know stand with the loss weightings: "
          + unknown.joined(separator: ", ")
      )
    }
    let failed = runs.count { $0.hasFailed }
    if failed > 0 { notices.append("\(failed) of \(runs.count) runs failed (NaN or infinite)") }
    return notices
  }
}

/// Seeds as numbers: themselves where all are whole numbers, else by their first appearance.
private struct Seeds {
  private var numbers: [String: Int] = [:]
  let isNumbered: Bool

  private static let largest = Int(Int32.max)

  init(_ texts: [String]) {
    let whole = texts.map { text in Int(text).flatMap { (0...Self.largest).contains($0) ? $0 : nil }
    }
    isNumbered = whole.contains(nil)
    for (text, number) in zip(texts, whole) where numbers[text] == nil {
      numbers[text] = isNumbered ? numbers.count + 1 : number
    }
  }

  func number(of text: String) -> Int { numbers[text] ?? 0 }
}
