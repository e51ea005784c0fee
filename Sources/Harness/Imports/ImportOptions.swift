/// What a person says of a file of results.
package struct ImportOptions: Sendable {
  /// The suite's name in tables.
  package let name: String
  /// The method that Δm is against; nil to find it by its name.
  package let singleTask: String?
  /// The method that the others are held against; nil to find it by its name.
  package let rival: String?
  /// Metrics that are better when higher, and when lower, where the file does not say so.
  package let higher: [String]
  package let lower: [String]

  package init(
    name: String,
    singleTask: String?,
    rival: String?,
    higher: [String],
    lower: [String]
  ) {
    self.name = name
    self.singleTask = singleTask
    self.rival = rival
    self.higher = higher
    self.lower = lower
  }
}
