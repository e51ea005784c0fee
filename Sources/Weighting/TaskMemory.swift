/// What a rule keeps from step to step, on its way between the rule of all tasks of a run and a rule of
/// those that a step has labels of.
///
/// The one rule's `carry` fills the memory from the tasks named, the other's empties it in the same
/// order: what belongs to a task reaches that task, what belongs to the rule reaches the rule, and
/// nothing of any other task is read or written.
package struct TaskMemory {
  /// Positions of the tasks in the rule that is visited.
  private var tasks: [Int]
  private var isFilling = true
  /// What the tasks own, in the order of `carry`.
  private(set) var numbers: [Double] = []
  /// What the rule owns.
  private var commonNumbers: [Double] = []
  private var cursor = 0
  private var commonCursor = 0

  /// A memory to be filled.
  ///
  /// - Parameter tasks: Positions of the tasks in the rule that fills it.
  init(of tasks: [Int]) {
    self.tasks = tasks
  }

  /// Gives `target` what `source` remembers.
  ///
  /// - Parameters:
  ///   - source: Unchanged.
  ///   - sourceTasks: Positions of the tasks in it.
  ///   - target: A rule of the same type and settings.
  ///   - targetTasks: Positions of the same tasks in it.
  static func move(
    from source: inout any WeightingMethod,
    _ sourceTasks: [Int],
    to target: inout any WeightingMethod,
    _ targetTasks: [Int]
  ) {
    var memory = TaskMemory(of: sourceTasks)
    source.carry(&memory)
    memory.tasks = targetTasks
    memory.isFilling = false
    target.carry(&memory)
    precondition(
      memory.cursor == memory.numbers.count && memory.commonCursor == memory.commonNumbers.count,
      "\(memory.cursor) of \(memory.numbers.count) numbers were taken"
    )
  }

  /// `width` numbers for each task, shape [K][width].
  package mutating func perTask(_ values: inout [Double], width: Int = 1) {
    for task in tasks {
      for entry in task * width..<(task + 1) * width { pass(&values[entry]) }
    }
  }

  /// Numbers of a fixed sum, shape [K].
  ///
  /// Some of the tasks keep the sum they had together: they are brought to `total` for a rule of their
  /// own, and back to their old sum afterwards. Without a sum they are equal.
  ///
  /// - Parameters:
  ///   - values: 0 or more.
  ///   - total: What they sum to in the rule that is visited.
  package mutating func shares(_ values: inout [Double], total: Double) {
    guard !isFilling else { return perTask(&values) }
    let isWhole = tasks.count == values.count
    var sum = 0.0
    for task in tasks { sum += values[task] }
    let wanted = isWhole ? total : sum
    let start = cursor
    var found = 0.0
    for index in tasks.indices { found += numbers[start + index] }
    cursor += tasks.count
    let factor = wanted / found
    for (index, task) in tasks.enumerated() {
      if factor.isFinite {
        values[task] = numbers[start + index] * factor
      } else {
        values[task] = wanted / Double(tasks.count)
      }
    }
  }

  /// A number for each pair of tasks, shape [groups][K][K].
  package mutating func perPair(_ values: inout [Double], taskCount: Int) {
    for group in stride(from: 0, to: values.count, by: taskCount * taskCount) {
      for first in tasks {
        for second in tasks { pass(&values[group + first * taskCount + second]) }
      }
    }
  }

  /// A number of the rule.
  package mutating func common(_ value: inout Double) {
    if isFilling {
      commonNumbers.append(value)
    } else {
      value = commonNumbers[commonCursor]
      commonCursor += 1
    }
  }

  /// A count of the rule.
  package mutating func common(_ value: inout Int) {
    var number = Double(value)
    common(&number)
    value = Int(number)
  }

  /// A flag of the rule.
  package mutating func common(_ value: inout Bool) {
    var number = value ? 1.0 : 0
    common(&number)
    value = number != 0
  }

  private mutating func pass(_ value: inout Double) {
    if isFilling {
      numbers.append(value)
    } else {
      value = numbers[cursor]
      cursor += 1
    }
  }
}
