package import Settings

/// A rule in another language: a program of the user's that gives the weights.
///
/// The program is started without a shell at the first step of a run and ended after the last one.
/// It talks over its standard input and output, one JSON object a line, and answers every line with
/// one of its own:
///
/// 1. it reads `{"mtlbench": 1, "tasks": K, "kinds": [...], "classes": [...], "epoch_steps": n,
///    "seed": n, "needs": "losses", "family": "loss", "settings": {...}}` and writes
///    `{"mtlbench": 1, "ready": true}`, or `false` with a `"reason"`;
/// 2. at each step it reads `{"step": 0, "epoch": 0, "ends_epoch": false, "learning_rate": r,
///    "losses": [...]}`, with `needs: gramian` also `"gramian"`, a list of K lists, with
///    `needs: jacobian` K texts of float32 in base64, with `needs: representation` such texts of the
///    shared representation and of the gradients at it, and with `validation_losses: true` those of the
///    last evaluation; it writes `{"weights": [...]}`, K finite numbers of either sign;
/// 3. at the end of its input it exits; with `persistent: true` another greeting may come before that, and
///    begins another run.
///
/// Its answers are used as they are: weights that sum to 1 make steps a K-th as long as those of
/// equal weights. A program that cannot be started, ends, is silent for `timeout` seconds or answers
/// anything else ends the run as refused, with the reason and the end of its standard error. Runs
/// repeat bit by bit only if the program does; `seed` is for its draws.
///
/// Source: the user's.
///
/// Settings: `command` (the program and its arguments; paths of files are relative to the suite
/// file's folder; required), `needs` (`losses`, the default, `gramian`, `jacobian` or
/// `representation`), `validation_losses` (default false), `family` (`loss` or `gradient`; by default
/// `gradient` when it needs gradients), `timeout` (seconds, default 60, from 0.1 to 86400), `persistent`
/// (default false: a program for each run), `settings` (keys and values for the program), `content`
/// (written by plans: hashes of the files that `command` names).
package struct ExternalMethod: WeightingMethod {
  package static let name = "external"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Ask a program of yours, in any language, for the weights of each step.",
    formula: "w = what the program answers",
    source: "the user's; see docs/external.md for the conversation and an example in Python",
    passes: "1 backward, or K where it needs gradients",
    settings: [
      ("command", "the program and its arguments, files relative to the suite's folder; required"),
      (
        "needs",
        "losses (default), gramian, jacobian or representation: what the program is given at each step"
      ),
      (
        "validation_losses",
        "true: also the validation losses of the last evaluation; default false"
      ),
      ("family", "loss (default with needs: losses) or gradient: how heads are trained"),
      ("timeout", "seconds that an answer may take, default 60, 0.1 to 86400"),
      (
        "persistent",
        "true: a program serves run after run, each begun by a greeting; default false"
      ),
      ("settings", "keys and values that the program is given"),
      ("content", "written by plans: hashes of the files that command names"),
    ],
    traps: [
      "Weights are used as answered: a sum of 1 is 1/K of the step of equal weights.",
      "A run repeats bit by bit only if the program does; it is given a seed for its draws.",
    ]
  )
  package static let isUserProgram = true

  package static func exampleSettings(taskCount: Int) -> String {
    "command: [python3, my_rule.py]"
  }

  package let sumFactor = 1.0
  /// The program is one for all tasks; it is told which have no label.
  package let weighsAbsentTasks = true
  package let needs: StepNeeds
  package let family: MethodDescription.Family

  private let context: MethodContext
  private let offer: ExternalOffer
  private let hasValidation: Bool
  private let isPersistent: Bool
  private let familyWord: String
  private let settings: CanonicalTable
  private let program: ExternalProgram
  /// The conversation's first line, made at the first step.
  private var greeting: String?

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    self.context = context
    let command = try ExternalCommand(&settings, folder: context.folder)
    let needs = try settings.choice(
      "needs",
      of: ExternalOffer.allCases.map { $0.rawValue },
      default: ExternalOffer.losses.rawValue
    )
    offer = ExternalOffer(rawValue: needs) ?? .losses
    self.needs = offer.needs
    hasValidation = try Self.optionalFlag("validation_losses", &settings)
    isPersistent = try Self.optionalFlag("persistent", &settings)
    familyWord = try settings.choice(
      "family",
      of: ["loss", "gradient"],
      default: offer == .losses ? "loss" : "gradient"
    )
    family = familyWord == "gradient" ? .gradient : .loss
    let timeout = try settings.number("timeout", default: 60, in: 0.1...86400)
    var own = CanonicalTable()
    if let setting = settings.rawSetting("settings") {
      own = CanonicalTable(typed: try setting.table(path: settings.path(of: "settings")))
      settings.record("settings", as: .table(own))
    }
    self.settings = own
    program = ExternalProgram(
      command.arguments,
      patience: .seconds(timeout),
      isPersistent: isPersistent
    )
  }

  package var waitedSeconds: Double { program.waitedSeconds }

  /// A flag that is recorded only where it is given, false else: a run's identity is made of what is
  /// recorded, and runs of before the flag keep theirs.
  private static func optionalFlag(
    _ key: String,
    _ settings: inout SettingsReader
  ) throws(SettingsError) -> Bool {
    guard let setting = settings.rawSetting(key) else { return false }
    let value = try setting.value(as: ScalarForm<Bool>.flag, path: settings.path(of: key))
    settings.record(key, as: .flag(value))
    return value
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let greeting = greeting ?? makeGreeting(seed: draws.seed())
    self.greeting = greeting
    do {
      result.shared = try program.weights(
        ExternalMessages.step(step, offer, hasValidation: hasValidation),
        greeting: greeting,
        taskCount: step.taskCount
      )
    } catch {
      result.refusal = StepWeights.Refusal(task: nil, reason: .external(error))
      return
    }
    for k in result.shared.indices where !step.isPresent[k] { result.shared[k] = 0 }
    if family == .loss {
      result.useSharedAsObjective(of: step)
    } else {
      for k in result.heads.indices { result.heads[k] = step.isPresent[k] ? 1 : 0 }
    }
  }

  private func makeGreeting(seed: Int) -> String {
    ExternalMessages.greeting(
      context,
      seed: seed,
      offer: offer,
      family: familyWord,
      settings: settings,
      isPersistent: isPersistent
    )
  }
}
