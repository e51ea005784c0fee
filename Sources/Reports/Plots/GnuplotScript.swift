internal import CGnuplot
internal import Glibc

/// A gnuplot script file that is being written by gnuplot-iostream.
///
/// It is written under another name, made anew in its folder, and gets its own when it is closed: a
/// link that stands in its place is replaced and never followed. One that is let go of without being
/// closed is gone.
package struct GnuplotScript: ~Copyable {
  private let path: String
  /// Null once closed.
  private var script: OpaquePointer?

  /// Begins the script file.
  ///
  /// - Throws: `PlotError.cannotOpenScript` when the file cannot be created.
  package init(path: String) throws(PlotError) {
    var opened: OpaquePointer?
    guard cgnuplot_open(Self.part(path), &opened) == CGNUPLOT_OK, let opened else {
      throw .cannotOpenScript(path: path)
    }
    self.path = path
    script = opened
  }

  deinit {
    // Only a script that was given up after an error gets here; its status no longer matters.
    if let script {
      _ = cgnuplot_close(script)
      unlink(Self.part(path))
    }
  }

  /// Appends command lines.
  ///
  /// - Throws: `PlotError.cannotWriteScript` when the text does not reach the file.
  package func command(_ lines: String) throws(PlotError) {
    try check(cgnuplot_command(script, lines))
  }

  /// Appends a named data block; labels become a last column in quotes.
  ///
  /// - Throws: `PlotError.cannotWriteScript` when the text does not reach the file.
  package func block(_ block: DataBlock) throws(PlotError) {
    let values = block.rows.flatMap { row in row.map { $0.isDrawable ? $0 : .nan } }
    let columnCount = block.rows.first?.count ?? 0
    precondition(
      block.rows.allSatisfy { $0.count == columnCount },
      "rows of block \(block.name) differ in length"
    )
    guard let labels = block.labels else {
      try check(
        cgnuplot_block(script, block.name, values, block.rows.count, columnCount, nil)
      )
      return
    }
    precondition(
      labels.count == block.rows.count,
      "block \(block.name): \(labels.count) labels for \(block.rows.count) rows"
    )
    let status = withCStrings(labels.map(GnuplotText.plain)) { pointers in
      cgnuplot_block(script, block.name, values, block.rows.count, columnCount, pointers)
    }
    try check(status)
  }

  /// Writes what is still buffered, closes the file and names it.
  ///
  /// - Throws: `PlotError.cannotWriteScript` when the text does not reach the file,
  ///   `PlotError.cannotName` when it cannot have its name.
  package consuming func close() throws(PlotError) {
    let status = cgnuplot_close(script)
    script = nil
    guard status == CGNUPLOT_OK else {
      unlink(Self.part(path))
      throw .cannotWriteScript(path: path)
    }
    guard rename(Self.part(path), path) == 0 else {
      let number = errno
      unlink(Self.part(path))
      throw .cannotName(file: path, reason: String(cString: strerror(number)))
    }
  }

  private static func part(_ path: String) -> String { path + ".part" }

  private func check(_ status: cgnuplot_status) throws(PlotError) {
    guard status == CGNUPLOT_OK else { throw .cannotWriteScript(path: path) }
  }

  /// Calls `body` with one zero-terminated text per element.
  private func withCStrings<Result>(
    _ texts: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
      starts.append(bytes.count)
      bytes.append(contentsOf: text.utf8CString)
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } }
      return pointers.withUnsafeBufferPointer { list in
        guard let first = list.baseAddress else {
          preconditionFailure("labels of a block without rows")
        }
        return body(first)
      }
    }
  }
}
