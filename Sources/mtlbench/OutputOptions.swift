internal import ArgumentParser

/// Where tables and plots go.
struct OutputOptions: ParsableArguments {
  @Option(name: .customLong("out"), help: "Folder for tables and plots.")
  var folder = "results"

  @Flag(help: "Also draw every plot as PDF.")
  var pdf = false

  var resultFolder: ResultFolder { ResultFolder(path: folder, hasPDF: pdf) }
}
