internal import Settings
internal import Store
internal import Weighting

/// A method as the suite file asks for it: a name, perhaps a label, and settings.
struct MethodRequest: Sendable {
  let name: String
  let label: String
  /// The settings without the keys that the harness reads.
  let settings: SettingsTable
  /// Values of settings that tuning tries.
  let search: SearchSpace
  let path: String

  /// Keys of a method's table that the harness reads; the others are the method's own.
  static let ownKeys = ["method", "label", "search"]

  /// Labels that tables give a meaning of their own, with what carries them.
  private static let reservedLabels = [
    (label: MethodLabel.singleTask, carrier: "the single-task networks"),
    (label: MethodLabel.base, carrier: "single-task networks of another size"),
    (label: MethodLabel.matchedBase, carrier: "single-task networks of the same size"),
    (label: MethodLabel.singleTaskUnits, carrier: "one over the single-task losses"),
    (label: MethodLabel.tunedStatic, carrier: "the best point of the sweep"),
    (label: EqualWeighting.name, carrier: "equal weights without settings"),
  ]

  /// Reads `methods` and `scale`, that of every method which gives none; `equal`, a mandatory rival, is
  /// put first if it is missing.
  ///
  /// An element is a name, a name with a variant (`gradnorm@softmax_epoch`), or a table with
  /// `method`, perhaps `label`, and the method's settings.
  static func list(_ reader: inout SettingsReader) throws(SettingsError) -> [MethodRequest] {
    var requests: [MethodRequest] = []
    let scale = try reader.choice("scale", of: scales, default: scales[0])
    for (index, element) in try reader.settings("methods").enumerated() {
      let request = try MethodRequest(element, path: "methods[\(index)]").scaled(scale)
      try refuse(request, beside: requests)
      requests.append(request)
    }
    if !requests.contains(where: { $0.isPlainEqual }) {
      requests.insert(MethodRequest(plain: EqualWeighting.name, at: reader.place), at: 0)
    }
    return requests
  }

  /// Refuses a label that is taken, or that stands for something else in every table.
  private static func refuse(
    _ request: MethodRequest,
    beside others: [MethodRequest]
  ) throws(SettingsError) {
    if others.contains(where: { $0.label == request.label }) {
      throw request.labelError(
        "label '\(request.label)' is taken; give one of the two another label"
      )
    }
    if let point = request.label.dropPrefix("static "), point.first?.isNumber ?? false {
      throw request.labelError(
        "label '\(request.label)' is kept for points of the sweep; choose another label"
      )
    }
    guard !request.isPlainEqual,
      let reserved = reservedLabels.first(where: { $0.label == request.label })
    else { return }
    throw request.labelError(
      "label '\(request.label)' is kept for \(reserved.carrier); choose another label"
    )
  }

  /// Equal weights as every comparison has them.
  private var isPlainEqual: Bool {
    name == EqualWeighting.name && label == EqualWeighting.name && settings.entries.isEmpty
  }

  /// An error about the label, at the place that gives it.
  func labelError(_ problem: String) -> SettingsError {
    .setting(settings.place, path: path, .other(problem))
  }

  /// Scales of weights that a suite may ask for, the default first.
  private static let scales = ["sum", "fixed_sum", "native"]

  /// The same request with a scale of the suite's, unless it gives its own or needs none.
  private func scaled(_ scale: String) -> MethodRequest {
    guard scale != MethodRequest.scales[0],
      !settings.entries.contains(where: { $0.key == "scale" }),
      ![EqualWeighting.name, StaticWeighting.name].contains(name)
    else { return self }
    return MethodRequest(
      name: name,
      label: label,
      settings: settings.adding("scale", scale),
      search: search,
      path: path
    )
  }

  private init(
    name: String,
    label: String,
    settings: SettingsTable,
    search: SearchSpace,
    path: String
  ) {
    self.name = name
    self.label = label
    self.settings = settings
    self.search = search
    self.path = path
  }

  private init(plain name: String, at place: Place) {
    self.init(
      name: name,
      label: name,
      settings: SettingsTable([], at: place),
      search: SearchSpace(),
      path: "methods"
    )
  }

  private init(_ setting: Setting, path: String) throws(SettingsError) {
    self.path = path
    var table = SettingsTable([], at: setting.place)
    var namePlace = (place: setting.place, path: path)
    let written: String
    var label: String?
    var search = SearchSpace()
    if case .scalar = setting.value {
      written = try setting.value(as: .text, path: path)
    } else {
      table = try setting.table(path: path)
      var reader = SettingsReader(table, path: path)
      written = try reader.text("method")
      namePlace = (reader.place(of: "method"), reader.path(of: "method"))
      label = try reader.optionalText("label")
      search =
        try reader.nested("search") { (nested) throws(SettingsError) in
          try SearchSpace(settings: &nested)
        } ?? SearchSpace()
      table = table.removing(Set(MethodRequest.ownKeys))
    }
    let parts = written.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard WeightingRegistry.names.contains(name) else {
      throw .setting(
        namePlace.place,
        path: namePlace.path,
        .unknownName(name, kind: "weighting method", known: WeightingRegistry.names)
      )
    }
    if parts.count == 2 {
      guard !table.entries.contains(where: { $0.key == "variant" }) else {
        throw .setting(
          namePlace.place,
          path: namePlace.path,
          .other("the variant is given twice, by '@' and by the key variant")
        )
      }
      table = table.adding("variant", String(parts[1]))
    }
    self.name = name
    self.label = label ?? MethodRequest.label(written, table)
    self.search = search
    settings = table
  }

  /// The name as written, with the settings beside it; the variant behind an `@` is in the name.
  private static func label(_ written: String, _ table: SettingsTable) -> String {
    let extras = table.entries.compactMap { entry -> String? in
      if entry.key == "variant" && written.contains("@") { return nil }
      return "\(entry.key)=\(text(of: entry.setting))"
    }
    return extras.isEmpty ? written : "\(written) (\(extras.joined(separator: ", ")))"
  }

  private static func text(of setting: Setting) -> String {
    switch setting.value {
    case .scalar(let text, _): text
    case .list(let elements): "[" + elements.map { text(of: $0) }.joined(separator: ", ") + "]"
    case .table(let table):
      "{" + table.entries.map { "\($0.key): \(text(of: $0.setting))" }.joined(separator: ", ") + "}"
    }
  }
}

extension String {
  /// What follows a prefix; nil without it.
  fileprivate func dropPrefix(_ prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
