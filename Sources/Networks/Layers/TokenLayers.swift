internal import Kernels

/// Cuts the rows of the input into tokens: the moments of a sequence, or patches of an image.
final class TokenLayer: Layer {
  private let input: Edge
  private let output: Edge
  /// The column of each number of each token.
  private let columns: [Int]

  init(_ space: LayerSpace, columns: [Int]) {
    input = space.inputs[0]
    output = space.whole
    self.columns = columns
  }

  var scratchBytes: Int { columns.count * MemoryLayout<Int>.stride }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let (source, target) = (input.values, output.values)
    let tokenCount = columns.count / target.columns
    unsafe columns.withUnsafeBufferPointer { columns in
      for row in 0..<target.rows {
        let from = unsafe source.start + row / tokenCount * source.stride
        let to = unsafe target.start + row * target.stride
        let first = row % tokenCount * target.columns
        for column in 0..<target.columns {
          unsafe to[column] = from[columns[first + column]]
        }
      }
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    preconditionFailure("tokens are cut from the data, which has no gradient")
  }
}

/// Adds to every token the trained or fixed vector of its position; a trained class token may stand in
/// front of the others.
final class PositionLayer: Layer {
  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let hasClass: Bool
  /// Fixed positions, shape [tokens][width]; nil for trained ones.
  private let fixed: Matrix?
  private let tokenCount: Int
  private let one = FloatBuffer(count: 1)

  /// - Parameters:
  ///   - space: Its edges.
  ///   - tokenCount: Tokens of its output.
  ///   - hasClass: Whether the first of them is a trained vector.
  ///   - isFixed: Whether positions are sines and cosines.
  init(_ space: LayerSpace, tokenCount: Int, hasClass: Bool, isFixed: Bool) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    self.tokenCount = tokenCount
    self.hasClass = hasClass
    let width = space.whole.width
    fixed = isFixed ? Self.sinusoids(tokenCount, width) : nil
    unsafe one.start.pointee = 1
  }

  var scratchBytes: Int { fixed?.buffer.byteCount ?? 0 }

  /// `sin(t / 10000^(i / D))` for even i, `cos(t / 10000^((i − 1) / D))` for odd i.
  ///
  /// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.5.
  private static func sinusoids(_ count: Int, _ width: Int) -> Matrix {
    let wavelength = 10000.0
    let table = Matrix(rows: count, columns: width)
    for token in 0..<count {
      for i in 0..<width {
        let exponent = Double(i - i % 2) / Double(width)
        let angle = Double(token) * Portable.exp(-exponent * Portable.log(wavelength))
        table[token, i] = Float(i % 2 == 0 ? Portable.sin(angle) : Portable.cos(angle))
      }
    }
    return table
  }

  private var stride: Int { output.stride }
  /// Floats before the positions in the layer's part of a flat vector.
  private var positionOffset: Int { hasClass ? stride : 0 }
  private var inputTokenCount: Int { tokenCount - (hasClass ? 1 : 0) }
  private var sampleCount: Int { output.rows / tokenCount }

  /// One token of all samples.
  private func token(_ index: Int, of count: Int, in view: MatrixView) -> MatrixView {
    unsafe MatrixView(
      start: view.start + index * view.stride,
      rows: view.rows / count,
      columns: view.columns,
      stride: count * view.stride
    )
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let positions = unsafe fixed?.buffer.start ?? parameters + positionOffset
    let length = tokenCount * stride
    for sample in 0..<sampleCount {
      let target = unsafe output.values.start + sample * length
      unsafe target.update(from: positions, count: length)
      if hasClass {
        unsafe kernels.add(parameters, times: 1, to: target, count: stride)
      }
      let count = inputTokenCount * stride
      let source = unsafe input.values.start + sample * count
      unsafe kernels.add(source, times: 1, to: target + length - count, count: count)
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    let gradient = output.gradient
    if hasClass {
      unsafe kernels.columnSums(token(0, of: tokenCount, in: gradient), into: start)
    }
    guard fixed == nil else { return }
    for index in 0..<tokenCount {
      let target = unsafe start + positionOffset + index * stride
      unsafe kernels.columnSums(token(index, of: tokenCount, in: gradient), into: target)
    }
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    for index in 0..<inputTokenCount {
      unsafe kernels.scaleRows(
        token(index + tokenCount - inputTokenCount, of: tokenCount, in: output.gradient),
        by: one.start,
        stride: 0,
        into: token(index, of: inputTokenCount, in: self.input.gradient),
        accumulates: end == .more
      )
    }
    self.input.finish(end, kernels)
  }
}

/// One row for each sample: the mean of its tokens, or the first one.
final class TokenPoolLayer: Layer {
  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let tokenCount: Int
  private let takesFirst: Bool
  /// The factor of every token that is taken, and 0.
  private let factors = FloatBuffer(count: 2)

  init(_ space: LayerSpace, tokenCount: Int, takesFirst: Bool) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    self.tokenCount = tokenCount
    self.takesFirst = takesFirst
    unsafe factors.start[0] = takesFirst ? 1 : 1 / Float(tokenCount)
  }

  private func token(_ index: Int, in view: MatrixView) -> MatrixView {
    unsafe MatrixView(
      start: view.start + index * view.stride,
      rows: view.rows / tokenCount,
      columns: view.columns,
      stride: tokenCount * view.stride
    )
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    for index in 0..<(takesFirst ? 1 : tokenCount) {
      unsafe kernels.scaleRows(
        token(index, in: input.values),
        by: factors.start,
        stride: 0,
        into: output.values,
        accumulates: index > 0
      )
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    for index in 0..<tokenCount {
      let isTaken = index == 0 || !takesFirst
      unsafe kernels.scaleRows(
        output.gradient,
        by: factors.start + (isTaken ? 0 : 1),
        stride: 0,
        into: token(index, in: self.input.gradient),
        accumulates: end == .more
      )
    }
    self.input.finish(end, kernels)
  }
}

extension NetworkBuilder {
  /// Appends the cutting of the input into tokens.
  ///
  /// - Parameters:
  ///   - wire: The input.
  ///   - columns: The columns of each token, shape [tokens][width].
  ///   - path: Its module path.
  /// - Returns: Its output.
  mutating func tokens(_ wire: Wire, columns: [[Int]], path: String) -> Wire {
    let form = Form.tokens(count: columns.count, width: columns[0].count)
    let all = columns.flatMap { $0 }
    return add(path, reading: [wire], form: form) { TokenLayer($0, columns: all) }
  }

  /// Appends positions, whose tensors are `group`'s own.
  mutating func positions(
    _ wire: Wire,
    hasClass: Bool,
    isFixed: Bool,
    group: String,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    let form = form(of: wire)
    let count = form.rowCount + (hasClass ? 1 : 0)
    let bound = 1 / Double(form.width).squareRoot()
    func table(_ suffix: String, rows: Int, offset: Int) -> TensorPlace {
      TensorPlace(
        suffix: suffix,
        inputCount: rows,
        outputCount: form.width,
        isBias: true,
        offset: offset,
        stride: paddedCount(form.width),
        start: .uniform(bound: bound),
        isTable: true
      )
    }
    var tensors: [TensorPlace] = []
    if hasClass { tensors.append(table("cls", rows: 1, offset: 0)) }
    if !isFixed {
      let offset = hasClass ? paddedCount(form.width) : 0
      tensors.append(table("positions", rows: count, offset: offset))
    }
    return add(
      path,
      reading: [wire],
      form: .tokens(count: count, width: form.width),
      tensors: tensors,
      stream,
      group: group,
      isNorm: true
    ) { PositionLayer($0, tokenCount: count, hasClass: hasClass, isFixed: isFixed) }
  }

  /// Appends the mean of the tokens, or the first one.
  mutating func poolTokens(_ wire: Wire, takesFirst: Bool, path: String) -> Wire {
    let form = form(of: wire)
    return add(path, reading: [wire], form: .columns(form.width)) {
      TokenPoolLayer($0, tokenCount: form.rowCount, takesFirst: takesFirst)
    }
  }
}
