/// One task of a problem: what it predicts, what training lowers, what tables show.
package struct TaskDescription: Sendable {
  /// Name in tables; unique within a problem.
  package let name: String
  package let kind: TaskKind
  package let loss: LossKind
  /// Where Huber's loss turns from square to line, in network units; unused by other losses.
  package let huberDelta: Double
  /// Classes in the order of their indices; empty for a regression.
  package let classNames: [String]
  /// Metrics in the order of the tables; the first is the primary one.
  package let metrics: [MetricKind]
  /// Unit of the target, empty where none is known.
  package let unit: String
  /// Original value of a standardised 0, shape [targetCount]; 0 where nothing is standardised.
  package let targetMean: [Double]
  /// Original size of a standardised 1, shape [targetCount]; 1 where nothing is standardised.
  package let targetScale: [Double]
  /// Whether rows may lack this task's target.
  package let mayMiss: Bool

  /// Network outputs: the regression's outputs, 1 for a binary task, or one per class.
  package var outputCount: Int { kind.outputCount }
  /// Target columns: the regression's outputs, else 1 (the class index as a float).
  package var targetCount: Int { kind.targetCount }

  /// The metrics that enter the mean relative change: those fit for it, else the primary one.
  package var deltaMetrics: [MetricKind] {
    let fit = metrics.filter { $0.isInDeltaM }
    return fit.isEmpty ? Array(metrics.prefix(1)) : fit
  }

  /// A task with the default loss and metrics of its kind and raw targets; callers state what
  /// differs.
  package init(
    name: String,
    kind: TaskKind,
    loss: LossKind? = nil,
    huberDelta: Double = 1,
    classNames: [String]? = nil,
    metrics: [MetricKind]? = nil,
    unit: String = "",
    targetMean: [Double]? = nil,
    targetScale: [Double]? = nil,
    mayMiss: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.loss = loss ?? LossKind.standard(for: kind)
    self.huberDelta = huberDelta
    self.classNames = classNames ?? (0..<kind.classCount).map { String($0) }
    self.metrics = metrics ?? MetricKind.standard(for: kind)
    self.unit = unit
    self.targetMean = targetMean ?? Array(repeating: 0, count: kind.targetCount)
    self.targetScale = targetScale ?? Array(repeating: 1, count: kind.targetCount)
    self.mayMiss = mayMiss
    precondition(
      self.classNames.count == kind.classCount && self.targetMean.count == kind.targetCount
        && self.targetScale.count == kind.targetCount,
      "task \(name): \(self.classNames.count) class names, \(self.targetMean.count) means and "
        + "\(self.targetScale.count) scales for a \(kind.title) task"
    )
  }
}
