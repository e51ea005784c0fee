import Foundation
import Testing

@testable import Reports

/// Whether gnuplot is there to be asked.
let hasGnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")

@Suite("A figure's script")
struct PlotScriptTests {
  private var figure: Figure {
    var figure = Figure(title: "A line", width: 300, height: 200)
    figure.blocks = [
      DataBlock("line", rows: [[0, 1.5], [1, .nan], [2, 1e-20]]),
      DataBlock("names", rows: [[1], [2]], labels: ["it's \"so\"", "back\\slash"]),
    ]
    figure.commands = ["set xlabel 'step'", "plot $line using 1:2 with lines notitle"]
    return figure
  }

  @Test("holds its data, and draws every kind of picture by itself")
  func text() throws {
    let text = try withTemporaryFolder { folder in
      try PlotScript.write(figure, name: "a line", folder: folder)
      return try String(contentsOfFile: folder + "/a line.gp", encoding: .utf8)
    }
    let expected = #"""
      # A line
      # Written by mtlbench, data included. Draw it again: gnuplot a line.gp
      # With a PDF too: gnuplot -e "pictures='svg png pdf'" a line.gp
      $line << EOD
      0 1.5
      1 nan
      2 1e-20
      EOD
      $names << EOD
      1 "it's 'so'"
      2 "back/slash"
      EOD
      if (!exists('pictures')) pictures = 'svg png'
      if (!exists('part')) part = ''
      do for [picture in pictures] {
      reset
      set encoding utf8
      if (picture eq 'svg') { set terminal svg size 300,200 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
      if (picture eq 'png') { set terminal pngcairo size 600,400 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
      if (picture eq 'pdf') { set terminal pdfcairo size 4.167in,2.778in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
      set output 'a line.'.picture.part
      set datafile missing '?'
      set minussign
      set border 3 back linecolor rgb '#444444'
      set tics nomirror out scale 0.6 textcolor rgb '#222222' noenhanced
      set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.6
      set style fill transparent solid 0.16 noborder
      set key noenhanced
      set style textbox noborder
      set errorbars small
      set xlabel 'step'
      plot $line using 1:2 with lines notitle
      unset multiplot
      unset output
      }

      """#
    #expect(text == expected)
  }

  @Test("for paper has its width in every kind of picture, and text of its size")
  func paper() throws {
    var figure = figure
    let canvas = Canvas.print(centimetres: 8)
    figure.width = Int(canvas.width)
    figure.pointsPerUnit = canvas.pointsPerUnit
    let text = try withTemporaryFolder { folder in
      try PlotScript.write(figure, name: "a", folder: folder)
      return try String(contentsOfFile: folder + "/a.gp", encoding: .utf8)
    }
    // 8 cm are 226.8 points, 302 pixels of a 96th and 945 of a 300th of an inch; text has 8.6 points.
    let lines = [
      "set terminal svg size 302,208 fixed font 'sans-serif,11.467' linewidth 1.042 background",
      "set terminal pngcairo size 945,652 font 'sans,11' fontscale 2.443 linewidth 3.258 pointscale",
      "set terminal pdfcairo size 3.149in,2.172in font 'sans,11' fontscale 0.586 linewidth 0.782",
    ]
    for line in lines { #expect(text.contains(line), "\(line)") }
  }

  @Test("draws pictures that get their names when they are whole", .enabled(if: hasGnuplot))
  func draw() throws {
    try withTemporaryFolder { folder in
      try PlotScript.write(figure, name: "line", folder: folder)
      let pictures = try PlotDrawing().draw(
        name: "line",
        folder: folder,
        formats: PictureFormat.allCases
      )
      #expect(pictures == ["line.svg", "line.png", "line.pdf"])
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(files == ["line.gp", "line.pdf", "line.png", "line.svg"], "without an empty log")
    }
  }

  @Test("draws the same again without mtlbench", .enabled(if: hasGnuplot))
  func again() throws {
    try withTemporaryFolder { folder in
      try PlotScript.write(figure, name: "line", folder: folder)
      _ = try PlotDrawing().draw(name: "line", folder: folder, formats: [.svg])
      let first = try Data(contentsOf: URL(filePath: folder + "/line.svg"))
      try FileManager.default.removeItem(atPath: folder + "/line.svg")
      let ending = OtherProgram.run(["gnuplot", "line.gp"], in: folder, log: "again.log")
      #expect(ending == .exited(status: 0))
      #expect(try Data(contentsOf: URL(filePath: folder + "/line.svg")) == first)
    }
  }

  @Test(
    "that gnuplot refuses leaves no picture and says where the messages are",
    .enabled(if: hasGnuplot)
  )
  func refused() throws {
    try withTemporaryFolder { folder in
      var figure = figure
      figure.commands = ["plot $missing using 1:2"]
      try PlotScript.write(figure, name: "bad", folder: folder)
      #expect(
        throws: PlotError.gnuplotFailed(
          script: folder + "/bad.gp",
          status: 1,
          log: folder + "/bad.log"
        )
      ) {
        try PlotDrawing().draw(name: "bad", folder: folder, formats: [.svg])
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(files == ["bad.gp", "bad.log"])
    }
  }

  @Test("needs gnuplot, and says what to install without it")
  func noGnuplot() throws {
    try withTemporaryFolder { folder in
      try PlotScript.write(figure, name: "line", folder: folder)
      let drawing = PlotDrawing(gnuplot: "no-such-gnuplot")
      #expect(throws: PlotError.gnuplotMissing(script: folder + "/line.gp")) {
        try drawing.draw(name: "line", folder: folder, formats: [.svg])
      }
    }
  }

  @Test("needs a font for pictures of pixels, and says what to install without one")
  func noFont() throws {
    try withTemporaryFolder { folder in
      try PlotScript.write(figure, name: "line", folder: folder)
      for fontList in ["no-such-fc-list", "false"] {
        #expect(throws: PlotError.fontMissing(script: folder + "/line.gp")) {
          try PlotDrawing(fontList: fontList).draw(name: "line", folder: folder, formats: [.png])
        }
      }
    }
  }

  @Test("cannot be written where there is no folder")
  func noFolder() {
    #expect(throws: PlotError.cannotOpenScript(path: "/no/such/folder/line.gp")) {
      try PlotScript.write(figure, name: "line", folder: "/no/such/folder")
    }
  }

  @Test("that cannot be written to its end is an error, and the one before stays")
  func fullDisk() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(atPath: folder) }
    try "plot x\n".write(toFile: folder + "/a.gp", atomically: true, encoding: .utf8)
    await #expect(processExitsWith: .success) { [folder = folder as String] in
      // No file may grow beyond its first byte, which is as a full disk.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1, rlim_max: 1)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      #expect(throws: PlotError.cannotWriteScript(path: folder + "/a.gp")) {
        let script = try GnuplotScript(path: folder + "/a.gp")
        try script.command("plot x")
        try script.close()
      }
    }
    #expect(try String(contentsOfFile: folder + "/a.gp", encoding: .utf8) == "plot x\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.gp"])
  }

  @Test("that fails is described with the place and the remedy")
  func messages() {
    #expect(
      PlotError.gnuplotMissing(script: "a.gp").description
        == "a.gp: gnuplot is not installed; install it (Debian and Ubuntu: apt-get install "
        + "gnuplot-nox) and write the plots again, or run gnuplot on the script elsewhere"
    )
    #expect(
      PlotError.fontMissing(script: "a.gp").description
        == "a.gp: no font is installed, the picture would have no text; install fontconfig and a "
        + "font (Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core) and write the "
        + "plots again"
    )
    #expect(
      PlotError.gnuplotFailed(script: "a.gp", status: 1, log: "a.log").description
        == "a.gp: gnuplot ended with status 1; its messages are in a.log"
    )
    #expect(
      PlotError.cannotOpenScript(path: "a.gp").description
        == "a.gp: cannot create this file; choose an output folder that can be written to"
    )
  }
}
