internal import Glibc

/// Processor time of the calling thread: what a step costs whatever else the machine is doing.
package enum ThreadClock {
  /// Seconds since the thread began.
  package static var seconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
