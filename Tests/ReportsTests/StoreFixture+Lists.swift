import Store

extension StoreFixture {
  /// The methods of a first bench: rivals, sweep, two loss methods of which one fails, one gradient
  /// method.
  static let few = StoreFixture(methods: rivals + sweep + someMethods)

  /// One problem, three seeds, no sweep: for what does not depend on the numbers.
  static let small: StoreFixture = {
    var fixture = StoreFixture(methods: rivals + someMethods)
    fixture.problems = Array(someProblems.prefix(1))
    fixture.seeds = 3
    fixture.evaluationCount = 4
    return fixture
  }()

  /// All there will be: 33 methods, some of them with long names.
  static let many = StoreFixture(methods: rivals + sweep + someMethods + longNames)

  private static let rivals = [
    Method(
      label: "single-task",
      name: "equal",
      group: .singleTask,
      offset: 3,
      cost: 1.9,
      drift: 0
    ),
    Method(label: "equal", name: "equal", group: .fixed, offset: 1.5, cost: 1, drift: 0),
    Method(
      label: "static (tuned)",
      name: "static",
      group: .fixed,
      offset: 0,
      cost: 1.01,
      drift: 0.3
    ),
  ]

  private static let sweep = (1...5).map { point in
    let weight = Double(point) / 6
    return Method(
      label: "static \(point)/6",
      name: "static",
      group: .sweep,
      offset: 0.4 + 20 * (weight - 0.5) * (weight - 0.5),
      cost: 1,
      drift: 0,
      sweepWeights: [2 * weight, 2 * (1 - weight)]
    )
  }

  private static let someMethods = [
    Method(
      label: "uncertainty",
      name: "uncertainty",
      group: .loss,
      offset: -0.9,
      cost: 1.02,
      drift: 0.8
    ),
    Method(
      label: "gradnorm",
      name: "gradnorm",
      group: .loss,
      offset: 0.3,
      cost: 1.31,
      drift: 0.6,
      failures: 2
    ),
    Method(label: "pcgrad", name: "pcgrad", group: .gradient, offset: 2.4, cost: 1.72, drift: 0),
  ]

  private static let longNames = (0..<28).map { index in
    let isLoss = index < 13
    return Method(
      label: names[index],
      name: names[index],
      group: isLoss ? .loss : .gradient,
      offset: Double((index * 7) % 13) / 2.5 - 1.2,
      cost: isLoss ? 1.05 : 1.6 + Double(index) / 20,
      drift: Double((index * 5) % 9) / 10
    )
  }

  private static let names = [
    "rlw", "dwa", "uncertainty@by_task", "gls", "famo", "autolambda", "sls_softmax",
    "uncertainty-normalized-by-initial-loss", "imtl_l", "stch", "go4align", "excess_mtl", "smooth",
    "mgda", "mgda@loss_normalized", "pcgrad@official", "graddrop", "gradvac", "cagrad",
    "cagrad@c=0.4,rescaled", "imtl_g", "nash_mtl", "nash_mtl@update_weights_every=25", "rotograd",
    "aligned_mtl", "sdmgrad", "fairgrad@alpha=2", "upgrad",
  ]

  static let someProblems = [
    Problem(
      label: "mixed",
      tasks: [
        Task(
          name: "digit",
          kind: "multiclass",
          metrics: [
            metric("error_rate", "Error", .lower, "%"),
            metric("log_loss", "Log-loss", .lower, "", isInDeltaM: false),
          ],
          levels: [8.9, 0.31]
        ),
        Task(
          name: "position",
          kind: "regression",
          metrics: [metric("rmse", "RMSE", .lower, "px"), metric("mae", "MAE", .lower, "px")],
          levels: [0.482, 0.388]
        ),
      ],
      cosine: 0.3
    ),
    Problem(
      label: "conflict",
      tasks: [
        Task(
          name: "a",
          kind: "regression",
          metrics: [metric("rmse", "RMSE", .lower, "")],
          levels: [1.42]
        ),
        Task(
          name: "b",
          kind: "regression",
          metrics: [metric("rmse", "RMSE", .lower, "")],
          levels: [14.9]
        ),
      ],
      cosine: -0.5
    ),
    Problem(
      label: "air_quality",
      tasks: ["CO", "NO_x", "benzene & toluene"].enumerated().map { index, name in
        Task(
          name: name,
          kind: "regression",
          metrics: [
            metric("mae", "MAE", .lower, "mg/m³"),
            metric("r2", "R²", .higher, "", isInDeltaM: false),
          ],
          levels: [0.5 + Double(index), 0.9]
        )
      },
      cosine: 0.05
    ),
  ]

  private static func metric(
    _ name: String,
    _ title: String,
    _ direction: MetricDirection,
    _ unit: String,
    isInDeltaM: Bool = true
  ) -> MetricRecord {
    MetricRecord(
      name: name,
      title: title,
      direction: direction,
      isInDeltaM: isInDeltaM,
      unit: unit,
      isPrimary: isInDeltaM
    )
  }
}
