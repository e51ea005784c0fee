import Glibc
import Kernels
import Training

/// Seconds of the system's clock that never runs backwards.
func wallSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The shortest time of one call among five passes, in seconds.
///
/// Denormal numbers count as zero meanwhile, as they do in runs.
///
/// - Parameters:
///   - seconds: About how long all passes take together; a longer call is made once.
///   - body: What is timed.
/// - Returns: Seconds of one call.
func bestSeconds(within seconds: Double, _ body: () -> Void) -> Double {
  let denormalMode = DenormalMode.flushToZero()
  defer { denormalMode.restore() }
  let passes = 5
  var calls = 1
  while true {
    let start = ThreadClock.seconds
    for _ in 0..<calls { body() }
    let elapsed = ThreadClock.seconds - start
    if calls == 1, elapsed > seconds { return elapsed }
    if elapsed > seconds / 20 {
      calls = max(1, Int(Double(calls) * seconds / Double(passes) / elapsed))
      break
    }
    calls *= 4
  }
  return (0..<passes).map { _ in
    let start = ThreadClock.seconds
    for _ in 0..<calls { body() }
    return (ThreadClock.seconds - start) / Double(calls)
  }.min() ?? 0
}

extension Array<Double> {
  /// The middle value; of an even number the lower one of the two.
  var median: Double { sorted()[(count - 1) / 2] }
}
