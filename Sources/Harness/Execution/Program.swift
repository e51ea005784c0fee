/// The version of this program, as runs and `--version` state it.
package enum Program {
  package static let version = "0.1.0"
}
