/// Which column of a file of results says what, by its name.
struct ResultColumns {
  /// What a column may say.
  enum Role: String, CaseIterable {
    case method
    case problem
    case seed
    case task
    case metric
    case value
    case direction
    case group
    case unit
    case inDeltaM = "in_delta_m"
    case status

    /// Names of the column, in small letters without spaces, hyphens and underscores; those of other
    /// programs too.
    fileprivate var names: [String] {
      switch self {
      case .method: ["method", "algorithm", "weighting", "solver", "solvername", "approach"]
      case .problem: ["problem", "dataset", "datasetname", "data", "benchmark"]
      case .seed: ["seed", "randomseed", "run", "repetition", "rep", "fold", "idxrep"]
      case .task: ["task", "taskname"]
      case .metric: ["metric", "metricname", "measure"]
      case .value: ["value", "score", "result"]
      case .direction: ["direction", "better", "goal"]
      case .group: ["group", "methodgroup"]
      case .unit: ["unit"]
      case .inDeltaM: ["indeltam"]
      case .status: ["status", "state", "outcome"]
      }
    }
  }

  private(set) var places: [Role: Int] = [:]
  /// Columns of no role, which are metrics in a wide table.
  private(set) var others: [Int] = []

  /// Whether each row holds one value of one metric.
  var isTidy: Bool { places[.metric] != nil && places[.value] != nil }

  init(_ file: ResultFile) throws(ImportError) {
    for (index, name) in file.header.enumerated() {
      let key = name.lowercased().filter { !" -_".contains($0) }
      guard let role = Role.allCases.first(where: { $0.names.contains(key) }) else {
        others.append(index)
        continue
      }
      if let first = places[role] {
        throw .file(
          file.path,
          .twice(role: role.rawValue, first: file.header[first], second: name)
        )
      }
      places[role] = index
    }
    // In a wide table a column called score is a metric like any other.
    if !isTidy {
      for role in [Role.value, .metric] {
        if let place = places.removeValue(forKey: role) { others.append(place) }
      }
      others.sort()
    }
    guard places[.method] != nil else {
      throw .file(file.path, .noMethods(columns: file.header))
    }
  }

  /// What a row says in a role; nil without the column or with an empty cell.
  func text(_ role: Role, _ cells: [String]) -> String? {
    places[role].flatMap { cells[$0].isEmpty ? nil : cells[$0] }
  }
}
