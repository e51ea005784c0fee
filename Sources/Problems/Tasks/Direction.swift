/// Which way a metric improves.
package enum Direction: String, Sendable {
  case lowerIsBetter = "lower"
  case higherIsBetter = "higher"
}
