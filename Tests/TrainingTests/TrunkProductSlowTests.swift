import Kernels
import Networks
import Problems
import Settings
import Testing
import Training
import Weighting

@Suite("Methods on every network that reads images or sequences")
struct TrunkProductSlowTests {
  @Test(
    "every method trains on every scheme of convolutions and transformers, or is refused",
    arguments: SharingRegistry.names,
    WeightingRegistry.ownNames
  )
  func product(_ sharing: String, _ name: String) throws {
    for (trunk, form) in SharingTests.spatial {
      let run = SampleRun(
        method: methodTable(name),
        training: ["steps": "6", "evaluations": "2"],
        network: "{trunk: \(trunk), sharing: \(sharing)}"
      )
      do {
        let outcome = try run.run(on: sampleData(form: form))
        #expect(outcome.status == .finished, "\(trunk)")
        #expect(outcome.losses(.validation).allSatisfy { $0.isFinite })
        #expect(sharing == "hard" || !SharingTests.atRepresentation.contains(name))
        #expect(sharing != "low_rank")
      } catch let error as SettingsError {
        let text = "\(error)"
        let isRefused =
          sharing == "soft"
          ? text.contains("and this network shares nothing")
          : sharing == "low_rank"
            ? text.contains("low_rank adds its terms to dense layers alone")
            : SharingTests.atRepresentation.contains(name) && text.contains("at one representation")
        #expect(isRefused, "\(text)")
      }
    }
  }
}
