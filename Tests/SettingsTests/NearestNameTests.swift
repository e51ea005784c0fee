import Settings
import Testing

@Suite("The nearest name is the one with the fewest typing mistakes")
struct NearestNameTests {
  private let names = ["alpha", "scale", "heads", "pcgrad", "cagrad", "cross_entropy"]

  @Test(
    "a few mistakes are forgiven",
    arguments: [
      ("alhpa", "alpha"),  // two neighbours swapped: one mistake
      ("scales", "scale"),
      ("hads", "heads"),
      ("pcgard", "pcgrad"),
      ("PCGrad", "pcgrad"),
      ("cagrrad", "cagrad"),
      ("cross-entropi", "cross_entropy"),
    ]
  )
  func near(name: String, nearest: String) {
    #expect(NearestName.of(name, among: names) == nearest)
  }

  @Test(
    "nothing is near with more mistakes than a third of the letters",
    arguments: ["beta", "xy", "alxxa", "", "momentum"]
  )
  func far(name: String) {
    #expect(NearestName.of(name, among: names) == nil)
  }

  @Test("one mistake is forgiven in the shortest name")
  func short() {
    #expect(NearestName.of("l", among: ["lr"]) == "lr")
    #expect(NearestName.of("rl", among: ["lr"]) == "lr")
  }

  @Test("of equally near names the first is taken")
  func ties() {
    #expect(NearestName.of("bat", among: ["cat", "hat"]) == "cat")
  }

  @Test("no names, none near")
  func noNames() {
    #expect(NearestName.of("a", among: []) == nil)
  }
}
