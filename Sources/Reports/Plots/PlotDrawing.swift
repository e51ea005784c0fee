internal import Glibc
internal import Synchronization

/// Starts gnuplot on a script that was written, and names the pictures when they are whole.
package struct PlotDrawing: Sendable {
  /// The program to start, looked up on the search path.
  private let gnuplot: String
  /// The program that lists fonts, looked up on the search path.
  private let fontList: String
  private let fonts = FontCheck()

  package init(gnuplot: String = "gnuplot", fontList: String = "fc-list") {
    self.gnuplot = gnuplot
    self.fontList = fontList
  }

  /// Draws `<name>.gp` in `folder`; gnuplot's messages, if there are any, are kept in
  /// `<name>.log`.
  ///
  /// A picture carries its final name only when gnuplot succeeded and the picture is not empty.
  ///
  /// - Returns: The file names of the pictures, in the order of `formats`.
  /// - Throws: `PlotError` when gnuplot or a font is missing, or gnuplot fails.
  package func draw(
    name: String,
    folder: String,
    formats: [PictureFormat]
  ) throws(PlotError) -> [String] {
    guard !formats.isEmpty else { return [] }
    let script = "\(folder)/\(name).gp"
    let log = "\(folder)/\(name).log"
    let needsFont = formats.contains { $0 != .svg }
    if needsFont { try findFont(script: script, folder: folder, log: name + ".log") }

    // gnuplot would write through a link of that name.
    for format in formats { unlink("\(folder)/\(name).\(format.rawValue).part") }
    let pictures = formats.map(\.rawValue).joined(separator: " ")
    let settings = "pictures='\(pictures)'; part='.part'"
    let ending = OtherProgram.run(
      [gnuplot, "-e", settings, name + ".gp"],
      in: folder,
      log: name + ".log"
    )
    defer {
      // What a failure leaves half drawn; a picture that was named is no longer there to remove.
      for format in formats { unlink("\(folder)/\(name).\(format.rawValue).part") }
    }
    switch ending {
    case .missing: throw .gnuplotMissing(script: script)
    case .notStarted(let number):
      throw .gnuplotFailed(script: script, status: number, log: log)
    case .exited(let status):
      guard status == 0 else {
        throw .gnuplotFailed(script: script, status: status, log: log)
      }
    }
    let pictureFiles = try nameFinished(
      formats,
      script: script,
      log: log,
      name: name,
      folder: folder
    )
    if size(of: log) == 0 { unlink(log) }
    return pictureFiles
  }

  private func nameFinished(
    _ formats: [PictureFormat],
    script: String,
    log: String,
    name: String,
    folder: String
  ) throws(PlotError) -> [String] {
    var files: [String] = []
    for format in formats {
      let picture = "\(folder)/\(name).\(format.rawValue)"
      guard size(of: picture + ".part") > 0 else {
        throw .gnuplotFailed(script: script, status: 0, log: log)
      }
      guard rename(picture + ".part", picture) == 0 else {
        throw .cannotName(file: picture, reason: String(cString: strerror(errno)))
      }
      files.append("\(name).\(format.rawValue)")
    }
    return files
  }

  /// Without any font, gnuplot writes a PNG that has no text at all and calls it a success.
  private func findFont(script: String, folder: String, log: String) throws(PlotError) {
    let isThere = fonts.isThere {
      let ending = OtherProgram.run([fontList, "--quiet", ":lang=en"], in: folder, log: log)
      return ending == .exited(status: 0)
    }
    guard !isThere else { return }
    // Where both are missing, gnuplot is.
    let ending = OtherProgram.run([gnuplot, "--version"], in: folder, log: log)
    throw ending == .missing ? .gnuplotMissing(script: script) : .fontMissing(script: script)
  }

  /// Bytes of a file; 0 when it is not there.
  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

/// Whether there is a font, which is found out once for all pictures.
private final class FontCheck: Sendable {
  private let known = Mutex<Bool?>(nil)

  /// What was found out before, or what `find` finds.
  func isThere(_ find: () -> Bool) -> Bool {
    known.withLock { known in
      if let known { return known }
      let found = find()
      known = found
      return found
    }
  }
}
