internal import Statistics
internal import Store

/// Every method on every network, as colours with numbers.
package enum NetworkMap: Plot {
  package static let name = "network-map"
  package static let summary = "geometric mean Δ of every method on every network, as colours"
  package static let scope = ReportScope.suite

  package static func applies(to results: SuiteResults) -> Bool {
    results.problems.contains { $0.networks.count > 1 }
  }

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    let networks = results.problems.first?.networks.map(\.label) ?? []
    guard networks.count > 1 else {
      throw .notApplicable(plot: name, reason: "the suite has one network")
    }
    let lines = Overview(results).lines.filter { request.shows($0.record.label) }
    var columns: [String] = []
    var cells: [[Double]] = []
    for line in lines {
      let network = line.record.network
      guard let row = networks.firstIndex(of: network) else { continue }
      let prefix = "\(network): "
      let label = line.record.label
      let method = label.hasPrefix(prefix) ? String(label.dropFirst(prefix.count)) : label
      if !columns.contains(method) { columns.append(method) }
      let column = columns.firstIndex(of: method) ?? 0
      let hasFailed = line.results.contains { ($0?.failedCount ?? 0) > 0 }
      if let mean = line.meanDelta ?? (hasFailed ? .nan : nil) {
        cells.append([Double(column), Double(row), mean])
      }
    }
    return try HeatMap.figure(
      cells,
      rows: MethodRows(labels: networks, on: request.canvas),
      columns: columns,
      title: "Geometric mean Δ (%) against single-task training by network and method, suite "
        + "\(results.suite.name); blue is better, † failed runs",
      plot: name,
      on: request.canvas
    )
  }
}
