internal import Kernels

/// The target of one task of `shared`: a head of the teacher or a sine of its own, with its noise.
struct SharedTarget {
  private let signal: Signal
  private let noise: Double
  private var stream: RandomStream
  private var output = [0.0]

  /// - Parameters:
  ///   - teacher: the hidden layer the task reads; nil for a task with a direction of its own.
  ///   - inputCount: columns of the inputs.
  ///   - frequency: of the sine of a task without a teacher.
  ///   - noise: standard deviation of the noise.
  ///   - stream: where the task's own draws come from.
  init(
    teacher: TeacherTrunk?,
    inputCount: Int,
    frequency: Double,
    noise: Double,
    stream: RandomStream
  ) {
    var stream = stream
    if let teacher {
      signal = .head(teacher.numberHead(outputCount: 1, using: &stream))
    } else {
      let direction = OrthonormalVectors(count: 1, length: inputCount, using: &stream)
      signal = .sine(direction, UnitSine(frequency: frequency))
    }
    self.noise = noise
    self.stream = stream
  }

  /// Signal and noise of the next row.
  mutating func draw(inputs: [Double], hidden: [Double]) -> Double {
    let signal: Double
    switch self.signal {
    case .head(let map):
      map.apply(to: hidden, into: &output)
      signal = output[0]
    case .sine(let direction, let sine):
      signal = sine.value(at: direction.product(0, inputs))
    }
    return signal + noise * stream.normal()
  }

  private enum Signal {
    case head(DenseMap)
    case sine(OrthonormalVectors, UnitSine)
  }
}
