import Kernels
import Problems
import Testing

@Suite("Syllables")
struct SyllableProblemTests {
  private let counts = "train: 400\nvalidation: 10\ntest: 10\n"

  @Test("the talker is a third task on request, and changes nothing else")
  func talker() throws {
    let two = try makeProblem("syllable", counts).makeData(seed: 3)
    let three = try makeProblem("syllable", counts + "talker: true").makeData(seed: 3)
    #expect(two.tasks.map { $0.name } == ["vowel", "mood"])
    #expect(three.tasks.map { $0.name } == ["vowel", "mood", "talker"])
    #expect(three.tasks[2].classNames == ["man", "woman", "child"])
    for column in 0..<2 {
      #expect(two.train.targets.column(column) == three.train.targets.column(column))
    }
    #expect(two.train.inputs.column(17) == three.train.inputs.column(17))
    #expect(two.inputForm == .sequence(length: 12, width: 20))
  }

  @Test("louder moods have more energy, and length follows the mood")
  func moods() throws {
    // Without jitter and noise, what is left beside the vowel is the mood.
    let data = try makeProblem("syllable", counts + "spread: 0\nfloor: -200").makeData(seed: 1)
    var voiced = [0.0, 0, 0, 0]
    var counts = [0.0, 0, 0, 0]
    // The band of a vowel's first formant is loud wherever a frame is voiced.
    for row in 0..<400 {
      let mood = Int(data.train.targets[row, 1])
      counts[mood] += 1
      for frame in 0..<12 {
        let loudest = (0..<20).map { data.train.inputs[row, frame * 20 + $0] }.max() ?? 0
        if loudest > -0.5 { voiced[mood] += 1 }
      }
    }
    let means = zip(voiced, counts).map { $0 / $1 }
    // 0.62 · 12 times 1, 0.9, 1.25 and 0.85, rounded: 7, 7, 9 and 6 frames.
    #expect(means[2] > means[0] && means[0] > means[3])
  }
}
