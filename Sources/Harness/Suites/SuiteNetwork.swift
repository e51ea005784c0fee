internal import Kernels
package import Networks
package import Settings
internal import Store

/// A network as it is planned on one problem.
package struct SuiteNetwork: Sendable {
  /// A method that cannot run on the network, and why.
  package struct LeftOut: Hashable, Sendable {
    package let method: String
    package let reason: String
  }

  /// What tables call it; empty for the one network of a suite that lists none.
  package let label: String
  /// All settings, defaults included.
  package let settings: CanonicalTable
  package let size: NetworkSize
  /// By what the widths of its trunk were multiplied to match sizes; nil where they are as written.
  package let widthFactor: Double?
  package internal(set) var leftOut: [LeftOut] = []

  /// What the network of a task alone is made of, before any width was changed.
  let alone: CanonicalTable

  /// Label of a method's row: the method's name alone on the first network of a suite.
  static func label(_ method: String, on network: String) -> String { "\(network): \(method)" }
}

/// Makes the networks of a problem, of equal size where that is asked for.
struct NetworkSizing {
  /// Single-task networks on which no method is run, a second base of Δm.
  struct Base: Hashable, Sendable {
    let label: String
    let settings: CanonicalTable
  }

  /// Halvings of the range of width factors: more than single precision has digits.
  private static let halvings = 40
  private static let widestFactor = 1024.0

  /// Training rows that a block of every batch is drawn from: all, or those of each task where tasks
  /// have rows of their own.
  let rowCounts: [Int]
  /// What a row of inputs is.
  let form: InputForm
  /// Outputs of each task, shape [K].
  var outputCounts: [Int]

  /// Rows of a batch, and of the shortest one that a single-task network is trained on, where the
  /// suite asks for so many.
  func batchRows(_ asked: Int) -> (all: Int, fewest: Int) {
    let blocks = rowCounts.map { min(asked, $0) }
    return (blocks.reduce(0, +), blocks.min() ?? 0)
  }

  /// The networks of a problem.
  ///
  /// - Parameters:
  ///   - requests: What the suite lists.
  ///   - table: What the suite and the problem say for all networks.
  ///   - path: Key path of the problem's own network settings, for messages.
  ///   - isMatched: Whether all get as many parameters as the first one.
  /// - Returns: The networks, the methods that cannot run on them not yet known.
  /// - Throws: `SettingsError` for an unknown key or a bad value.
  func networks(
    _ requests: [NetworkRequest],
    over table: SettingsTable,
    path: String,
    isMatched: Bool
  ) throws(SettingsError) -> [SuiteNetwork] {
    var networks: [SuiteNetwork] = []
    for request in requests {
      let written = try written(request, over: table, path: path)
      var settings = written
      var factor: Double?
      if isMatched, let first = networks.first {
        let found = try widthFactor(for: first.size.parameters) { (factor) throws(SettingsError) in
          try size(NetworkSettings.widened(written, by: factor)).parameters
        }
        settings = NetworkSettings.widened(written, by: found)
        factor = found
      }
      networks.append(
        SuiteNetwork(
          label: request.label,
          settings: settings,
          size: try size(settings),
          widthFactor: factor,
          alone: NetworkSettings.alone(written)
        )
      )
    }
    return networks
  }

  /// All settings of a network as the suite asks for it.
  private func written(
    _ request: NetworkRequest,
    over table: SettingsTable,
    path: String
  ) throws(SettingsError) -> CanonicalTable {
    guard !request.label.isEmpty else {
      return try ProblemChecks.network(table, path: path, form: form)
    }
    do throws(SettingsError) {
      return try ProblemChecks.network(
        table.overlaid(by: request.settings),
        path: request.path,
        form: form
      )
    } catch {
      throw error.knowing(NetworkRequest.ownKeys, at: request.path)
    }
  }

  /// Single-task networks that have together, one a task, as many parameters as a network.
  func matched(to network: SuiteNetwork) throws(SettingsError) -> Base {
    let alone = network.alone
    let found = try widthFactor(for: network.size.parameters) { (factor) throws(SettingsError) in
      let settings = NetworkSettings.widened(alone, by: factor)
      var sum = 0
      for count in outputCounts {
        var single = self
        single.outputCounts = [count]
        sum += try single.size(settings).parameters
      }
      return sum
    }
    return Base(
      label: MethodLabel.matchedBase,
      settings: NetworkSettings.widened(alone, by: found)
    )
  }

  /// The size of a network on the problem.
  func size(_ settings: CanonicalTable) throws(SettingsError) -> NetworkSize {
    var reader = SettingsReader(settings.table, path: "network")
    return try NetworkSettings(settings: &reader)
      .size(input: form, outputCounts: outputCounts)
  }

  /// The factor of the widths with which a number of parameters comes closest to a target, by halving;
  /// of two as close, the smaller one.
  private func widthFactor(
    for target: Int,
    _ count: (_ factor: Double) throws(SettingsError) -> Int
  ) throws(SettingsError) -> Double {
    var (low, high) = (0.0, Self.widestFactor)
    for _ in 0..<Self.halvings {
      let middle = (low + high) / 2
      if try count(middle) > target { high = middle } else { low = middle }
    }
    let (below, above) = (target - (try count(low)), try count(high) - target)
    return abs(below) <= abs(above) ? low : high
  }
}
