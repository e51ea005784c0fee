internal import Settings
internal import Weighting

/// Translates the words of reference files into the settings of this build's methods.
///
/// Keys a method spells as the files do pass unchanged; the tables below hold the others.
enum ReplaySettings {
  /// Why a case has no counterpart in this build.
  struct Unreplayable: Error {
    let reason: String
  }

  /// The method of one case, on native scale.
  ///
  /// - Parameters:
  ///   - name: A name of the registry, or of none.
  ///   - variant: The case's variant; nil where the file has none.
  ///   - hyper: The case's settings in the file's words.
  ///   - context: The run the method believes itself in.
  ///   - extra: Settings in this build's words, such as `heads`.
  /// - Returns: The method at its start.
  /// - Throws: `Unreplayable` for a method, a variant or a setting that this build does not have.
  static func method(
    _ name: String,
    variant: String?,
    hyper: JSONValue?,
    context: MethodContext,
    extra: [(key: String, value: String)] = []
  ) throws(Unreplayable) -> ConfiguredMethod {
    guard name != ExternalMethod.name else {
      throw Unreplayable(reason: "'\(name)' is a program of the user's, and none is started here")
    }
    var settings = try reader(
      method: name,
      variant: variant,
      hyper: hyper,
      taskCount: context.taskCount,
      extra: extra
    )
    do {
      return try WeightingRegistry.make(name, context: context, settings: &settings)
    } catch {
      throw Unreplayable(reason: "\(error)")
    }
  }

  /// This build's name for a part of a rule's state, which files may call otherwise or suffix by
  /// `_after`.
  static func stateName(_ word: String) -> String {
    let name = word.hasSuffix("_after") ? String(word.dropLast("_after".count)) : word
    return stateNames[name] ?? name
  }

  private static let stateNames = ["log_var": "log_variance", "scale": "log_scale"]

  /// Settings for one case, on native scale.
  ///
  /// - Parameters:
  ///   - method: A name of the registry, or of none.
  ///   - variant: The case's variant; nil where the file has none.
  ///   - hyper: The case's settings in the file's words.
  ///   - taskCount: How often a number that each task has is repeated.
  ///   - extra: Settings in this build's words, such as `heads`.
  /// - Returns: A reader of a table whose place is the case.
  /// - Throws: `Unreplayable` for a variant or a value that this build does not have.
  static func reader(
    method: String,
    variant: String?,
    hyper: JSONValue?,
    taskCount: Int,
    extra: [(key: String, value: String)] = []
  ) throws(Unreplayable) -> SettingsReader {
    let place = Place(file: "<reference>", line: 1, column: 1)
    var entries: [SettingsTable.Entry] = []
    func add(_ key: String, _ value: Setting.Value) {
      guard !entries.contains(where: { $0.key == key }) else { return }
      entries.append(
        SettingsTable.Entry(key: key, keyPlace: place, setting: Setting(value, at: place))
      )
    }
    for (key, value) in extra + [(key: "scale", value: "native")] {
      add(key, .scalar(value, isQuoted: false))
    }
    for (key, value) in try hyperSettings(method, variant, hyper, taskCount, place) {
      add(key, value)
    }
    for (key, value) in try variantSettings(method, variant) {
      add(key, .scalar(value, isQuoted: false))
    }
    return SettingsReader(SettingsTable(entries, at: place))
  }

  private static func variantSettings(
    _ method: String,
    _ variant: String?
  ) throws(Unreplayable) -> [(key: String, value: String)] {
    guard let variant else { return [] }
    guard let known = variants[method] else { return [] }
    // A longer label such as `exact_l2` names what `hyper` says too.
    let stem = known.keys.filter { variant.hasPrefix($0 + "_") }.max { $0.count < $1.count }
    guard let settings = known[variant] ?? stem.flatMap({ known[$0] }) else {
      throw Unreplayable(reason: "this build has no variant '\(variant)' of \(method)")
    }
    return settings
  }

  private static func hyperSettings(
    _ method: String,
    _ variant: String?,
    _ hyper: JSONValue?,
    _ taskCount: Int,
    _ place: Place
  ) throws(Unreplayable) -> [(key: String, value: Setting.Value)] {
    guard case .object(let members) = (hyper ?? .object([:])).content else {
      throw Unreplayable(reason: "'hyper' is no object")
    }
    let fixed = self.fixed[method] ?? self.fixed["\(method)/\(variant ?? "")"] ?? [:]
    var settings: [(key: String, value: Setting.Value)] = []
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      if value == .null || aboutTheRun.contains(key) || defaultWords[key]?.contains(value) == true {
        continue
      }
      if let only = fixed[key] {
        guard value == only else {
          throw Unreplayable(reason: "this build has no other '\(key)' of \(method)")
        }
        continue
      }
      let count = perTask.contains(key) ? taskCount : nil
      let translated = try setting(value, key, repeated: count, place)
      settings.append((key: renamed[method]?[key] ?? key, value: translated))
    }
    return settings
  }

  private static func setting(
    _ value: JSONValue,
    _ key: String,
    repeated count: Int?,
    _ place: Place
  ) throws(Unreplayable) -> Setting.Value {
    switch value.content {
    case .flag(let flag): return .scalar(flag ? "true" : "false", isQuoted: false)
    case .text(let text):
      // A number in quotes is a text, as in a suite.
      return .scalar(words[text] ?? text, isQuoted: true)
    case .number(let number):
      let scalar = Setting.Value.scalar(spelling(of: number), isQuoted: false)
      guard let count else { return scalar }
      return .list(Array(repeating: Setting(scalar, at: place), count: count))
    case .list(let elements):
      var settings: [Setting] = []
      for element in elements {
        settings.append(Setting(try setting(element, key, repeated: nil, place), at: place))
      }
      return .list(settings)
    case .null, .object: throw Unreplayable(reason: "'\(key)' is no setting")
    }
  }

  /// Whole numbers without a fraction, so that counts can be read from them.
  private static func spelling(of number: Double) -> String {
    guard abs(number) < 1e15, let whole = Int(exactly: number) else { return "\(number)" }
    return "\(whole)"
  }

  /// Facts of a training that are no settings of a method.
  private static let aboutTheRun: Set<String> = ["batches", "train_batch", "validation_batch"]

  /// Words for a value that is the default in this build.
  private static let defaultWords: [String: [JSONValue]] = [
    "ideal": [.text("zero")],
    "primary": [.text("all")],
  ]

  /// Keys whose single number holds for every task, where this build has a list.
  private static let perTask: Set<String> = ["ideal", "lower_bound", "leak"]

  /// Keys with one possible value in this build, by method or by method and variant.
  private static let fixed: [String: [String: JSONValue]] = [
    "auto_lambda": ["meta_optimizer": .text("adam")],
    "gradnorm/softmax_epoch": ["initial_losses": .text("mean of epoch 0")],
  ]

  /// Values that this build spells otherwise.
  private static let words = ["first step": "first_step", "last_shared": "last"]

  private static let renamed: [String: [String: String]] = [
    "equal": ["form": "reduction"],
    "famo": ["lr": "learning_rate"],
    "gradnorm": ["weight_lr": "weight_learning_rate"],
    "auto_lambda": ["meta_lr": "meta_learning_rate"],
  ]

  /// Methods of which a variant is a setting here; of all others it is a label, and `hyper` tells all.
  private static let variants: [String: [String: [(key: String, value: String)]]] = [
    "rlw": ["normal": [], "dirichlet": [("distribution", "dirichlet")]],
    "si": ["log": [("form", "log")], "log1p": [("form", "log1p")]],
    "equal": ["sum": [("reduction", "sum")], "mean": [("reduction", "mean")]],
    "gradnorm": [
      "paper": [("variant", "paper")], "softmax_epoch": [("variant", "softmax_epoch")],
    ],
    "stch": ["plain": [("form", "plain")], "log_nadir": [("form", "log_nadir")]],
    "mgda": [
      "exact": [], "exact_l2": [], "exact_weighted_heads": [],
      "exact_normalized_rows": [("variant", "exact_normalized_rows")],
      "frank_wolfe": [("variant", "frank_wolfe")],
    ],
    "mgda_ub": [
      "representation_flat": [], "representation_batch_sum": [("variant", "batch_sum")],
    ],
    "pcgrad": ["order_given": [], "order_given_with_self": [("variant", "with_self")]],
    "graddrop": ["parameters": [], "representation": [("form", "representation")]],
    "imtl_g": ["paper": [], "gram_pinv": [("variant", "gram_pinv")]],
    "excess_mtl": ["simplex": [], "sum_to_k": [("variant", "sum_to_k")]],
  ]
}
