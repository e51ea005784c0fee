internal import Kernels
package import Settings

/// The speech pair: what is said and how it is felt, from the mel energies of a syllable.
///
/// A source–filter model in the frequency domain. A voiced frame at `u` from −1/2 to 1/2 of the syllable has
/// the harmonics `h` of `f = f0 (1 + slope u) exp N(0, 0.01)` up to 4000 Hz with the amplitude
///
///     10^((level + tilt log2(h / f)) / 20) Π_i F_i² / √((h² − F_i²)² + (B_i h)²)
///
/// over three formants of frequency `F_i` and bandwidth `B_i`. A band's energy is the sum over the harmonics
/// of filter times amplitude², times `√sin(π (u + 1/2))`; every frame gets a noise floor of `10^(N(floor, 4) / 10)`
/// times a Gamma(3, 1/3) number for each band; inputs are natural logarithms, frame by frame, standardised
/// column by column on the training rows. Filters are triangles on the mel scale
/// `2595 log10(1 + f / 700)` from 80 to 4000 Hz.
///
/// The vowel sets the formants, the mood f0's factor and slope, tilt, level and length, the talker scales
/// formants and f0 and disturbs both. `spread` times normal jitter on all of them keeps it from being easy.
///
/// Source: formants of men from Peterson and Barney, "Control Methods Used in a Study of the Vowels", Journal
/// of the Acoustical Society of America 24, 1952; Fant, "Acoustic Theory of Speech Production", 1960, for
/// the model; moods and jitter are this project's.
///
/// Settings: `frames` (12), `bands` (20), `spread` (1), `floor` (−38 dB), `talker` (false; true adds the talker
/// as a third task), `train` (2800), `validation` (800), `test` (2000).
package struct SyllableProblem: Problem {
  package static let name = "syllable"

  package static let description = ProblemDescription(
    idea: "The speech pair: vowel and mood of a syllable from its mel energies over time.",
    formula: """
      harmonics of f0 (1 + slope u) with source tilt through three formants; log energies of \
      triangular mel bands, frame by frame, with a noise floor
      """,
    source: """
      formants of men from Peterson and Barney, JASA 24, 1952; the source-filter model of Fant, 1960; \
      moods and jitter are this project's
      """,
    settings: [
      .init("frames", "moments (default 12, 4 to 200)"),
      .init("bands", "mel bands of a moment (default 20, 4 to 128)"),
      .init("spread", "factor of all jitter (default 1, 0 to 10)"),
      .init("floor", "level of the noise in dB (default -38, -200 to 50)"),
      .init("talker", "whether the talker is a third task (default false)"),
    ] + SampleCounts.keys(train: 2800, validation: 800, test: 2000)
  )

  private static let lowest = 80.0
  private static let highest = 4000.0

  private static let vowels: [(name: String, formants: [Double])] = [
    ("i", [270, 2290, 3010]), ("I", [390, 1990, 2550]), ("E", [530, 1840, 2480]),
    ("ae", [660, 1720, 2410]), ("A", [730, 1090, 2440]), ("O", [570, 840, 2410]),
    ("U", [440, 1020, 2240]), ("u", [300, 870, 2240]), ("V", [640, 1190, 2390]),
    ("er", [490, 1350, 1690]),
  ]
  private static let bandwidths = [60.0, 90, 150]

  private static let talkers: [(name: String, scale: Double, pitch: Double)] = [
    ("man", 1, 120), ("woman", 1.17, 210), ("child", 1.32, 265),
  ]

  private struct Mood {
    let name: String
    /// Factor of f0.
    let pitch: Double
    /// Change of f0 over the syllable, relative.
    let slope: Double
    /// dB an octave.
    let tilt: Double
    /// dB.
    let level: Double
    /// Factor of the length.
    let length: Double
  }

  private static let moods = [
    Mood(name: "neutral", pitch: 1, slope: 0, tilt: -9, level: 0, length: 1),
    Mood(name: "happy", pitch: 1.25, slope: 0.25, tilt: -7, level: 3, length: 0.9),
    Mood(name: "sad", pitch: 0.9, slope: -0.12, tilt: -12, level: -4, length: 1.25),
    Mood(name: "angry", pitch: 1.15, slope: -0.05, tilt: -5, level: 6, length: 0.85),
  ]

  private let frameCount: Int
  private let bandCount: Int
  private let spread: Double
  private let floor: Double
  private let hasTalker: Bool
  private let counts: SampleCounts
  /// Frequencies at which the bands' triangles begin, peak and end, shape [bands + 2].
  private let corners: [Double]

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    frameCount = try settings.count("frames", default: 12, in: 4...200)
    bandCount = try settings.count("bands", default: 20, in: 4...128)
    spread = try settings.number("spread", default: 1, in: 0...10)
    floor = try settings.number("floor", default: -38, in: -200...50)
    hasTalker = try settings.flag("talker", default: false)
    counts = try SampleCounts(settings: &settings, train: 2800, validation: 800, test: 2000)
    corners = Self.corners(bandCount)
  }

  /// Corners at equal distances on the mel scale.
  private static func corners(_ bandCount: Int) -> [Double] {
    // Of the scale's two constants only the 700 Hz matter here.
    let knee = 700.0
    let (low, high) = (Portable.log(1 + lowest / knee), Portable.log(1 + highest / knee))
    return (0..<bandCount + 2).map { index in
      let place = low + (high - low) * Double(index) / Double(bandCount + 1)
      return knee * (Portable.exp(place) - 1)
    }
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var index: UInt64 = 0
    let parts = GeneratedParts(
      counts: counts,
      inputCount: frameCount * bandCount,
      targetCount: hasTalker ? 3 : 2
    ) { x, y in
      var stream = RandomStream(seed: seed, purpose: .data, index: index)
      draw(into: &x, &y, using: &stream)
      index += 1
    }
    parts.standardizeInputs()
    var tasks = [
      TaskDescription(
        name: "vowel",
        kind: .multiclass(classes: Self.vowels.count),
        classNames: Self.vowels.map { $0.name }
      ),
      TaskDescription(
        name: "mood",
        kind: .multiclass(classes: Self.moods.count),
        classNames: Self.moods.map { $0.name }
      ),
    ]
    if hasTalker {
      tasks.append(
        TaskDescription(
          name: "talker",
          kind: .multiclass(classes: Self.talkers.count),
          classNames: Self.talkers.map { $0.name }
        )
      )
    }
    return parts.data(tasks: tasks, inputForm: .sequence(length: frameCount, width: bandCount))
  }

  /// What one syllable sounds like.
  private struct Voice {
    let formants: [Double]
    let pitch: Double
    let slope: Double
    let tilt: Double
    let level: Double
    let length: Double
  }

  private func draw(
    into x: inout [Double],
    _ y: inout [Double],
    using stream: inout RandomStream
  ) {
    let labels = [
      stream.below(Self.vowels.count), stream.below(Self.moods.count),
      stream.below(Self.talkers.count),
    ]
    for column in y.indices { y[column] = Double(labels[column]) }
    let voice = voice(labels, using: &stream)
    let wanted = Int((0.62 * Double(frameCount) * voice.length).rounded())
    let voiced = min(frameCount, max(3, wanted))
    let onset = stream.below(frameCount - voiced + 1)
    let noise = tenToThe((floor + 4 * stream.normal()) / 10)
    for frame in 0..<frameCount {
      let bands = frame * bandCount..<(frame + 1) * bandCount
      for band in bands { x[band] = noise * gamma(using: &stream) }
      let place = frame - onset
      guard place >= 0, place < voiced else { continue }
      let u = (Double(place) + 0.5) / Double(voiced) - 0.5
      let pitch = voice.pitch * (1 + voice.slope * u) * Portable.exp(0.01 * stream.normal())
      let envelope = Portable.sin(Double.pi * (u + 0.5)).squareRoot()
      addHarmonics(of: pitch, voice, times: envelope, to: &x, bands)
    }
    for place in x.indices { x[place] = Portable.log(x[place]) }
  }

  private func voice(_ labels: [Int], using stream: inout RandomStream) -> Voice {
    let (vowel, mood) = (Self.vowels[labels[0]], Self.moods[labels[1]])
    let talker = Self.talkers[labels[2]]
    let scale = talker.scale * Portable.exp(0.03 * stream.normal())
    func jitter(_ deviation: Double) -> Double { spread * deviation * stream.normal() }
    return Voice(
      formants: vowel.formants.map { $0 * scale * Portable.exp(jitter(0.045)) },
      pitch: talker.pitch * mood.pitch * Portable.exp(jitter(0.12)),
      slope: mood.slope + jitter(0.08),
      tilt: mood.tilt + jitter(1.2),
      level: mood.level + jitter(2.5),
      length: mood.length * Portable.exp(jitter(0.12))
    )
  }

  /// Adds the energies of a frame's harmonics to its bands.
  private func addHarmonics(
    of pitch: Double,
    _ voice: Voice,
    times envelope: Double,
    to x: inout [Double],
    _ bands: Range<Int>
  ) {
    var band = 0
    var harmonic = pitch
    while harmonic <= Self.highest {
      let octaves = Portable.log(harmonic / pitch) / Portable.log(2)
      // The square of the amplitude.
      var energy = envelope * tenToThe((voice.level + voice.tilt * octaves) / 10)
      for (formant, bandwidth) in zip(voice.formants, Self.bandwidths) {
        let square = formant * formant
        let distance = harmonic * harmonic - square
        let width = bandwidth * harmonic
        energy *= square * square / (distance * distance + width * width)
      }
      while band < corners.count - 1, corners[band + 1] <= harmonic { band += 1 }
      if band < corners.count - 1, harmonic >= corners[band] {
        let share = (harmonic - corners[band]) / (corners[band + 1] - corners[band])
        // The harmonic lies on the rise of one triangle and the fall of the one before.
        if band < bandCount { x[bands.lowerBound + band] += share * energy }
        if band > 0 { x[bands.lowerBound + band - 1] += (1 - share) * energy }
      }
      harmonic += pitch
    }
  }

  /// A number of the distribution Gamma(3, 1/3): the mean of three exponential ones.
  private func gamma(using stream: inout RandomStream) -> Double {
    let product = stream.openUniform() * stream.openUniform() * stream.openUniform()
    return -Portable.log(product) / 3
  }

  private func tenToThe(_ x: Double) -> Double { Portable.exp(x * Portable.log(10)) }
}
