/// One measured value of `make perf`: a speed, a time or a size.
package struct MeasurementRecord: Sendable, Hashable {
  /// What was measured, such as `training steps`.
  package var name: String
  /// On what, such as `W1`.
  package var work: String
  /// By which weighting method, kernel or other variant; empty where there is none.
  package var method: String
  /// Of which program: `mtlbench` or one it is compared with.
  package var program: String
  /// Number of the pass, from 1.
  package var pass: Int
  /// In `unit`, finite.
  package var value: Double
  /// Such as `1/s`.
  package var unit: String
  /// The version of mtlbench that measured.
  package var programVersion: String
  /// Name and processor of the machine.
  package var machine: String
  /// When the session began that measured it, ISO 8601 in UTC.
  package var createdAt: String

  package init(
    name: String,
    work: String,
    method: String,
    program: String,
    pass: Int,
    value: Double,
    unit: String,
    programVersion: String,
    machine: String,
    createdAt: String
  ) {
    self.name = name
    self.work = work
    self.method = method
    self.program = program
    self.pass = pass
    self.value = value
    self.unit = unit
    self.programVersion = programVersion
    self.machine = machine
    self.createdAt = createdAt
  }
}
