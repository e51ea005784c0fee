/// Files that hold no text of a table, recognised by their first bytes.
package enum FileFormat: String, Hashable, Sendable {
  case excel = "an Excel workbook"
  case oldExcel = "an Excel workbook of the old kind, or another Office file"
  case openDocument = "an OpenDocument file"
  case zip = "a zip archive"
  case parquet = "a Parquet file"
  case feather = "an Arrow or Feather file"
  case hdf5 = "an HDF5 file"
  case numpy = "a NumPy file"
  case pickle = "a Python pickle"
  case matlab = "a MATLAB file"
  case rData = "an R data file"
  case stata = "a Stata file"
  case spss = "an SPSS file"
  case sqlite = "an SQLite database"
  case bzip2 = "packed by bzip2"
  case xz = "packed by xz"
  case zstd = "packed by zstd"
  case json = "JSON"
  case html = "an HTML or XML page"
  case lfsPointer = "a Git LFS pointer, not the file itself"
  case pdf = "a PDF file"
  case binary = "not text"

  /// What bytes begin with, the first that fits.
  private static let beginnings: [(bytes: [UInt8], format: FileFormat)] = [
    ([0xD0, 0xCF, 0x11, 0xE0], .oldExcel), (Array("PAR1".utf8), .parquet),
    (Array("ARROW1".utf8), .feather), (Array("FEA1".utf8), .feather),
    ([0x89, 0x48, 0x44, 0x46], .hdf5), ([0x93, 0x4E, 0x55, 0x4D], .numpy),
    ([0x80, 0x03], .pickle), ([0x80, 0x04], .pickle), ([0x80, 0x05], .pickle),
    (Array("MATLAB 5".utf8), .matlab), (Array("RDX".utf8), .rData), (Array("RDA".utf8), .rData),
    (Array("X\n\0\0".utf8), .rData), (Array("<stata_dta>".utf8), .stata),
    (Array("$FL2".utf8), .spss), (Array("SQLite format 3".utf8), .sqlite),
    (Array("BZh".utf8), .bzip2), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .xz),
    ([0x28, 0xB5, 0x2F, 0xFD], .zstd), (Array("version https://git-lfs".utf8), .lfsPointer),
    (Array("%PDF".utf8), .pdf),
  ]

  /// The format of bytes that are no table; nil where they may be one.
  init?(_ bytes: [UInt8]) {
    if let found = FileFormat.beginnings.first(where: { bytes.starts(with: $0.bytes) }) {
      self = found.format
    } else if bytes.starts(with: Array("PK".utf8) + [3, 4]) {
      self = FileFormat.archive(bytes)
    } else if let markup = FileFormat.markup(bytes) {
      self = markup
    } else {
      return nil
    }
  }

  private static func archive(_ bytes: [UInt8]) -> FileFormat {
    let names = String(decoding: bytes.prefix(4096), as: UTF8.self)
    if names.contains("opendocument") { return .openDocument }
    return names.contains("[Content_Types].xml") || names.contains("xl/") ? .excel : .zip
  }

  private static func markup(_ bytes: [UInt8]) -> FileFormat? {
    let start = String(decoding: bytes.prefix(256), as: UTF8.self).drop { $0.isWhitespace }
    let lower = start.lowercased()
    if ["<!doctype", "<html", "<?xml", "<table"].contains(where: { lower.hasPrefix($0) }) {
      return .html
    }
    let second = start.dropFirst().first { !$0.isWhitespace }
    switch start.first {
    case "{" where second == "\"": return .json
    case "[" where second == "{" || second == "[": return .json
    default: return nil
    }
  }

  /// How to make a table of it.
  var remedy: String {
    switch self {
    case .excel, .oldExcel, .openDocument: "save the sheet as CSV in UTF-8"
    case .zip: "unpack it, and name the file inside"
    case .parquet: python("read_parquet")
    case .feather: python("read_feather")
    case .hdf5: python("read_hdf")
    case .pickle: python("read_pickle")
    case .stata: python("read_stata")
    case .spss: python("read_spss")
    case .json: python("read_json")
    case .numpy: "write it as CSV, for example by numpy.savetxt with delimiter=','"
    case .matlab: "write it as CSV, for example by MATLAB's writetable"
    case .rData: "write it as CSV, for example by R's write.csv with row.names = FALSE"
    case .sqlite:
      "write a table as CSV: sqlite3 -header -csv FILE 'SELECT * FROM table' > table.csv"
    case .bzip2: "unpack it by bunzip2 -k FILE"
    case .xz: "unpack it by xz -dk FILE"
    case .zstd: "unpack it by zstd -d FILE"
    case .html: "perhaps a page in place of the file; download the file itself"
    case .lfsPointer: "fetch it by git lfs pull"
    case .pdf, .binary: "save the table as CSV in UTF-8"
    }
  }

  private func python(_ reader: String) -> String {
    "write it as CSV, for example by pandas.\(reader)('FILE').to_csv('FILE.csv', index=False)"
  }
}
