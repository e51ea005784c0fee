import Foundation
import Testing

/// A Chromium on the search path; nil when there is none.
private let chromium = ["chromium", "chromium-browser", "google-chrome"].lazy
  .flatMap { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
      "\($0)/\(name)"
    }
  }
  .first { FileManager.default.isExecutableFile(atPath: $0) }

@Suite(
  "The report in a browser",
  .serialized,
  .enabled(if: hasGnuplot),
  .enabled(if: chromium != nil, "no Chromium is installed, so the page's script is not tested")
)
struct PageBrowserTests {
  @Test("has nothing to complain of, sorts by a head three ways, and filters")
  func script() throws {
    try withReport(.few) { page, folder, _ in
      let check = """
        <script>
        const table = document.getElementById("table-overview");
        const labels = () => [...table.querySelectorAll("tbody tr")]
          .filter((row) => !row.hidden).map((row) => row.cells[0].textContent.trim());
        const head = table.tHead.rows[1].cells[4];
        const said = [labels().join(",")];
        for (let click = 0; click < 3; click += 1) {
          head.querySelector("button").click();
          said.push((head.getAttribute("aria-sort") || "none") + " " + labels().join(","));
        }
        const form = document.getElementById("filter");
        form.elements.method.value = "static, PCGRAD";
        form.elements.problem.value = "conflict";
        form.dispatchEvent(new Event("input"));
        said.push(labels().join(","), form.elements.said.value);
        said.push([...document.querySelectorAll("section[data-problem]")]
          .filter((part) => !part.hidden).map((part) => part.dataset.problem).join(","));
        document.body.dataset.said = said.join("|");
        </script>
        """
      let test = folder + "/test.html"
      try page.replacing("</body>", with: check + "</body>")
        .write(toFile: test, atomically: true, encoding: .utf8)
      let (document, complaints) = try browse(test, in: folder)
      let said = document.firstMatch(of: /data-said="([^"]*)"/).map { String($0.1) } ?? ""
      let lines = said.split(separator: "|").map(String.init)
      try #require(lines.count == 7, "\(said)")
      #expect(lines[0] == "equal,static (tuned),uncertainty,gradnorm †,pcgrad")
      #expect(lines[1] == "ascending uncertainty,static (tuned),equal,pcgrad,gradnorm †")
      #expect(lines[2] == "descending pcgrad,equal,static (tuned),uncertainty,gradnorm †")
      #expect(lines[3] == "none " + lines[0])
      #expect(lines[4] == "static (tuned),pcgrad")
      #expect(lines[5].hasSuffix("table rows match"))
      #expect(lines[6] == "conflict")
      #expect(complaints == [])
    }
  }

  @Test("opens what a link leads to, each time it is followed, and all of it for paper")
  func parts() throws {
    try withReport(.few) { page, folder, _ in
      let check = """
        <script>
        document.body.dataset.said = "";
        const say = (text) => { document.body.dataset.said += text + "|"; };
        const part = document.getElementById("problem-1").closest("details");
        const link = document.querySelector("nav a[href='#problem-1']");
        const closed = () => document.querySelectorAll("details.part:not([open])").length;
        const table = document.getElementById("table-overview");
        link.click();
        setTimeout(() => {
          say(part.open);
          part.open = false;
          link.click();
          setTimeout(() => {
            say(part.open);
            const before = closed();
            table.style.width = "2050px";
            dispatchEvent(new Event("beforeprint"));
            say([before > 0, closed(), table.style.zoom]);
            dispatchEvent(new Event("afterprint"));
            say([closed() === before, table.style.zoom]);
          }, 50);
        }, 50);
        </script>
        """
      let test = folder + "/test.html"
      try page.replacing("</body>", with: check + "</body>")
        .write(toFile: test, atomically: true, encoding: .utf8)
      let (document, complaints) = try browse(test, in: folder)
      let said = document.firstMatch(of: /data-said="([^"]*)"/).map { String($0.1) } ?? ""
      #expect(said == "true|true|true,0,0.5|true,|")
      #expect(complaints == [])
    }
  }

  @Test("is no wider than a phone, and than a desk", arguments: [390, 1280])
  func width(_ width: Int) throws {
    try withReport(.small) { _, folder, _ in
      let frame = """
        <!doctype html><iframe src="report-bench.html" style="width:\(width)px;height:800px"></iframe>
        <script>
        addEventListener("load", () => {
          const page = document.querySelector("iframe").contentDocument.documentElement;
          document.body.dataset.said = page.scrollWidth - page.clientWidth;
        });
        </script>
        """
      let test = folder + "/frame.html"
      try frame.write(toFile: test, atomically: true, encoding: .utf8)
      let (document, complaints) = try browse(test, in: folder)
      #expect(document.contains("data-said=\"0\""))
      #expect(complaints == [])
    }
  }

  /// The document after its scripts have run, and what they left on the console.
  private func browse(_ file: String, in folder: String) throws -> (String, [String]) {
    let process = Process()
    process.executableURL = URL(filePath: try #require(chromium))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
      "--user-data-dir=\(folder)/browser", "--enable-logging=stderr", "--dump-dom",
      "--virtual-time-budget=2000",
      "file://\(file)",
    ]
    let (document, log) = (folder + "/document.html", folder + "/browser.log")
    for path in [document, log] { try Data().write(to: URL(filePath: path)) }
    process.standardOutput = FileHandle(forWritingAtPath: document)
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
    process.waitUntilExit()
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    return (
      try String(contentsOfFile: document, encoding: .utf8),
      lines.filter { $0.contains("CONSOLE") }.map(String.init)
    )
  }
}
