import Networks
import Problems
import Settings
import Testing
import Training
import Weighting

@testable import mtlbench

@Suite("What a suite file may name")
struct CatalogueTests {
  @Test("is every line of every registry, in its order")
  func whole() {
    for kind in CatalogueEntry.Kind.allCases {
      let names =
        switch kind {
        case .methods: WeightingRegistry.names
        case .problems: ProblemRegistry.names
        case .networks: SharingRegistry.names
        case .trunks: TrunkRegistry.names
        case .optimizers: OptimizerRegistry.names
        }
      #expect(!names.isEmpty)
      #expect(Catalogue.entries(of: kind).map { $0.name } == names)
    }
  }

  @Test("has one name for one thing, by which describe finds it")
  func names() {
    let names = Catalogue.entries.map { $0.name }
    #expect(Set(names).count == names.count)
  }

  @Test("is described with its idea and every key that may stand beside its name")
  func described() {
    for entry in Catalogue.entries {
      let text = DescribeCommand.text(entry)
      #expect(text.hasPrefix("\(entry.name) ("))
      #expect(text.contains(")\n\(entry.idea)\n"))
      let lines = text.split(separator: "\n")
      for key in entry.settings.map({ $0.key }) {
        #expect(lines.contains { $0.hasPrefix("  \(key)  ") }, "\(entry.name): \(key)")
      }
      let document = DescribeCommand.document(entry)
      #expect(document["name"] == .text(entry.name))
      #expect(document["idea"] == .text(entry.idea))
    }
  }
}
