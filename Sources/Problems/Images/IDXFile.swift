/// Bytes in a block of several dimensions, as MNIST's files hold images and labels.
///
/// A file is two zeros, the type of its numbers (8: bytes), the number of dimensions, each dimension in
/// four bytes with the high one first, then the numbers, the last dimension fastest.
///
/// Source: LeCun, Cortes and Burges, "The MNIST Database of Handwritten Digits", 1998.
struct IDXFile {
  /// Shape of the block.
  let sides: [Int]
  let numbers: [UInt8]
  /// Of the file as it lies there, for a run's identity.
  let hash: String

  private static let byteType: UInt8 = 8

  /// What is wrong with a file, in words.
  struct Fault: Error {
    let text: String
  }

  /// Reads a file, unpacked where gzip packed it.
  ///
  /// - Throws: `CSVError` for a file that cannot be read, `Fault` for one of another kind.
  init(_ file: DataFile) throws {
    hash = file.hash
    var bytes = file.bytes
    if Inflate.isPacked(bytes) {
      do {
        bytes = try Inflate.unpacked(bytes, limit: DataFile.sizeLimit)
      } catch {
        throw CSVError.file(file.path, error == .tooLarge ? .tooLarge : .damagedPacking)
      }
    }
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[3] > 0 else {
      throw Fault(text: "no IDX file, which begins with two zero bytes")
    }
    guard bytes[2] == Self.byteType else {
      throw Fault(text: "IDX numbers of type \(bytes[2]), expected bytes (8)")
    }
    let start = 4 + 4 * Int(bytes[3])
    guard bytes.count >= start else { throw Fault(text: "ends within its sizes") }
    var sides: [Int] = []
    for place in stride(from: 4, to: start, by: 4) {
      sides.append(bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) })
    }
    var count = 1
    for side in sides {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: side)
      guard !isTooLarge else { throw Fault(text: "its sizes \(sides) are too large") }
      count = product
    }
    guard bytes.count - start == count else {
      throw Fault(
        text:
          "\(bytes.count - start) numbers where its sizes \(sides) make \(count); is it cut off?"
      )
    }
    self.sides = sides
    numbers = Array(bytes[start...])
  }
}
