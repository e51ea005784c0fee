internal import Glibc

/// A picture that gnuplot drew, as an element of a page, in a tenth of its bytes.
///
/// gnuplot repeats all looks at every line and number. Here what looks alike is one path, numbers have one
/// decimal, no value has quotation marks that HTML does without, and the shapes of points stand once on the
/// page (`symbols`). Named parts keep their names.
enum InlineSVG {
  /// The element, named by `title` for those who cannot see it; nil when the text is no picture.
  static func element(_ svg: String, title: String) -> String? {
    let tokens = SVGToken.all(in: svg)
    guard case .open(_, let attributes, _)? = tokens.first(where: { $0.isOpen("svg") }),
      let box = attributes["viewBox"]
    else { return nil }
    let numbers = box.split(separator: " ").compactMap { Double($0) }
    guard numbers.count == 4 else { return nil }
    var writer = CompactWriter()
    for token in tokens { writer.take(token) }
    let label = HTMLTable.escaped(title)
    return "<svg role=\"img\" aria-label=\"\(label)\" style=\"--width:\(Int(numbers[2]))px\" "
      + "viewBox=\"\(box)\">\(writer.finished())</svg>"
  }

  /// The shapes of points, which the elements refer to, as an element that shows nothing; empty for no
  /// picture.
  static func symbols(_ svg: String) -> String {
    guard let open = svg.firstRange(of: "<defs>"), let close = svg.firstRange(of: "</defs>"),
      open.upperBound <= close.lowerBound
    else { return "" }
    var shapes = String(svg[open.upperBound..<close.lowerBound])
    if let filters = shapes.firstRange(of: "<filter") {
      shapes.removeSubrange(filters.lowerBound...)
    }
    let lines = shapes.split(separator: "\n").map { $0.drop { $0 == "\t" || $0 == " " } }
    return "<svg class=\"symbols\" aria-hidden=\"true\"><defs>\(lines.joined())</defs></svg>"
      .replacing("xlink:href", with: "href")
  }
}

extension SVGToken {
  fileprivate func isOpen(_ wanted: String) -> Bool {
    if case .open(let name, _, _) = self { name == wanted } else { false }
  }
}

/// Writes what tokens draw, in few bytes.
private struct CompactWriter {
  /// What is drawn between two named parts, or in one: paths by their looks, in the order in which each
  /// look came first, and texts by theirs.
  private struct Layer {
    var looks: [Look] = []
    var data: [Look: String] = [:]
    var texts: [String] = []
    var textsByLook: [String: String] = [:]

    /// How something looks, and what its data are.
    enum Look: Hashable {
      /// Commands of a path with its attributes.
      case path(String)
      /// Elements in a group with its attributes; none for those that stand alone.
      case group(String)
    }

    mutating func add(_ path: String, look: Look) {
      guard !path.isEmpty else { return }
      if data[look] == nil { looks.append(look) }
      data[look, default: ""] += path
    }

    mutating func add(text: String, look: String) {
      if textsByLook[look] == nil { texts.append(look) }
      textsByLook[look, default: ""] += text
    }

    var written: String {
      looks.map { look in
        let data = data[look] ?? ""
        return switch look {
        case .path(let attributes): "<path\(attributes) d=\"\(data)\"/>"
        case .group(""): data
        case .group(let attributes): "<g\(attributes)>\(data)</g>"
        }
      }.joined()
        + texts.map { "<g\($0)>\(textsByLook[$0] ?? "")</g>" }.joined()
    }
  }

  private var output = ""
  private var layer = Layer()
  /// Looks that hold within each open element.
  private var inherited: [[String: String]] = [[:]]
  /// Whether each open group is a named part.
  private var isNamed: [Bool] = []
  private var isInDefinitions = false
  /// Name of the part that is open, and whether its name is being read.
  private var name = ""
  private var isReadingName = false
  /// What the open text holds.
  private var text: String?
  /// The tags of the parts of it that are open; empty for those without.
  private var spans: [String] = []

  mutating func take(_ token: SVGToken) {
    switch token {
    case .open(let name, let attributes, let isEmpty): open(name, attributes, isEmpty: isEmpty)
    case .close(let name): close(name)
    case .text(let words):
      if isReadingName { name += words } else { text? += words }
    }
  }

  mutating func finished() -> String {
    flush()
    return output
  }

  private mutating func flush() {
    let written = layer.written
    layer = Layer()
    guard !written.isEmpty else { return }
    output += name.isEmpty ? written : "<g><title>\(name)</title>\(written)</g>"
  }

  private mutating func open(_ tag: String, _ attributes: [String: String], isEmpty: Bool) {
    if isInDefinitions { return }
    switch tag {
    case "defs": isInDefinitions = !isEmpty
    case "g":
      let isPart = attributes["id"]?.hasPrefix("gnuplot_plot_") ?? false
      if isPart { flush() }
      isNamed.append(isPart)
      inherited.append((inherited.last ?? [:]).merging(attributes) { $1 })
    case "title": isReadingName = isNamed.last ?? false
    case "text": text = ""
    case "tspan":
      let own = ["dx", "dy", "font-size", "font-weight", "font-style"].compactMap { key in
        attributes[key].map { " \(key)=\(Self.short($0))" }
      }
      spans.append(own.isEmpty ? "" : "<tspan\(own.joined())>")
      text? += spans.last ?? ""
    case "path": path(attributes)
    case "polygon": polygon(attributes)
    case "use": use(attributes)
    case "rect": rectangle(attributes)
    default: break
    }
  }

  private mutating func close(_ tag: String) {
    switch tag {
    case "defs": isInDefinitions = false
    case "title": isReadingName = false
    case "tspan":
      // What changes nothing that is said has no tag; gnuplot ends every superscript with an empty one.
      guard let span = spans.popLast(), !span.isEmpty, let said = text else { break }
      text = said.hasSuffix(span) ? String(said.dropLast(span.count)) : said + "</tspan>"
    case "text":
      if let text, !isInDefinitions { add(text: text) }
      text = nil
    case "g" where !isInDefinitions:
      if isNamed.popLast() == true {
        flush()
        name = ""
      }
      if inherited.count > 1 { inherited.removeLast() }
    default: break
    }
  }

  private func value(_ key: String, _ attributes: [String: String]) -> String? {
    let value = attributes[key] ?? inherited.last?[key]
    return value == "currentColor" ? attributes["color"] ?? inherited.last?["color"] : value
  }

  private mutating func path(_ attributes: [String: String]) {
    guard let data = attributes["d"] else { return }
    var look = stroke(attributes)
    let fill = value("fill", attributes) ?? "none"
    if fill != "none" { look += " fill=\(Self.color(fill))" }
    layer.add(SVGPath.short(path: data) ?? data, look: .path(look))
  }

  private mutating func polygon(_ attributes: [String: String]) {
    guard let points = attributes["points"] else { return }
    var look = " fill=\(Self.color(value("fill", attributes) ?? "none"))"
    if let opacity = value("fill-opacity", attributes).flatMap({ Double($0) }), opacity != 1 {
      look += " fill-opacity=\(NumberText.exact(opacity))"
    }
    if (value("stroke", attributes) ?? "none") != "none" { look += stroke(attributes) }
    layer.add(SVGPath.short(polygon: points), look: .path(look))
  }

  private func stroke(_ attributes: [String: String]) -> String {
    var look = " stroke=\(Self.color(value("stroke", attributes) ?? "none"))"
    if let width = value("stroke-width", attributes).flatMap({ Double($0) }), width != 1 {
      look += " stroke-width=\(NumberText.exact(width))"
    }
    if let dashes = value("stroke-dasharray", attributes) {
      look += " stroke-dasharray=\(dashes.replacing(".0", with: ""))"
    }
    return look
  }

  /// `-5.50px` as `-5.5`; what is no number as it is.
  private static func short(_ length: String) -> String {
    let number = length.hasSuffix("px") ? String(length.dropLast(2)) : length
    return Double(number).map { NumberText.exact($0) } ?? length
  }

  /// The background is the page's.
  private mutating func rectangle(_ attributes: [String: String]) {
    guard attributes["x"] != "0" || attributes["y"] != "0" else { return }
    let own = ["x", "y", "width", "height"].map { " \($0)=\"\(attributes[$0] ?? "0")\"" }
    let fill = Self.color(value("fill", attributes) ?? "none")
    layer.add("<rect\(own.joined()) fill=\"\(fill)\"/>", look: .group(""))
  }

  /// The symbol of a filled circle, which is drawn as a dot of a path.
  private static let dot = "#gpPt6"

  private mutating func use(_ attributes: [String: String]) {
    guard let symbol = attributes["xlink:href"], let transform = attributes["transform"] else {
      return
    }
    let numbers = transform.split { !($0.isNumber || $0 == "." || $0 == "-") }
      .compactMap { Double($0) }
    guard numbers.count >= 3 else { return }
    let color = Self.color(value("color", attributes) ?? "black")
    if symbol == Self.dot {
      let width = NumberText.exact((numbers[2] * 20).rounded() / 10)
      layer.add(
        SVGPath.dot(x: numbers[0], y: numbers[1]),
        look: .path(" stroke=\(color) stroke-width=\(width) stroke-linecap=round")
      )
    } else {
      // All of a size share one scale, by which their places are divided.
      let place = numbers.prefix(2).map {
        NumberText.exact(($0 / numbers[2] * 100).rounded() / 100)
      }
      layer.add(
        "<use href=\(symbol) x=\(place[0]) y=\"\(place[1])\"/>",
        look: .group(
          " color=\(color) transform=scale(\(NumberText.exact(numbers[2])))"
        )
      )
    }
  }

  private mutating func add(text: String) {
    let trimmed = text.drop { $0 == " " }
    guard !trimmed.isEmpty else { return }
    let looks = inherited.last ?? [:]
    let transform = looks["transform"] ?? ""
    let numbers = transform.split { !($0.isNumber || $0 == "." || $0 == "-") }
      .compactMap { Double($0) }
    let place = numbers.prefix(2).map { NumberText.exact($0.rounded()) }
    guard place.count == 2 else { return }
    let turn =
      numbers.count > 2
      ? " transform=\"rotate(\(NumberText.exact(numbers[2])) \(place[0]) \(place[1]))\"" : ""
    var look = ""
    let fill = Self.color(looks["fill"] ?? "black")
    if fill != Self.ink, fill != Self.ticInk { look += " fill=\(fill)" }
    if let size = looks["font-size"].flatMap({ Double($0) }), size != Canvas.textSize {
      look += " font-size=\(NumberText.exact(size))"
    }
    // `PageStyle` has these classes.
    if let anchor = looks["text-anchor"], anchor != "start" { look += " class=\(anchor.prefix(1))" }
    layer.add(
      text: "<text x=\(place[0]) y=\(place[1])\(turn)>\(trimmed)</text>",
      look: look
    )
  }

  /// The colour of text where none is said.
  private static let ink = "#000"
  /// That of the numbers at axes, which is as good.
  private static let ticInk = "#222"

  /// `rgb( 68,  68,  68)` as `#444444`, the words that gnuplot knows as they are.
  private static func color(_ text: String) -> String {
    if text == "black" { return ink }
    guard text.hasPrefix("rgb(") else { return text == "#000000" ? ink : text }
    let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count == 3 else { return text.filter { $0 != " " } }
    // Equal digits are written once.
    if parts.allSatisfy({ $0 % 17 == 0 }) {
      return "#" + parts.map { String($0 / 17, radix: 16) }.joined()
    }
    return "#" + parts.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
