import Foundation
import Testing

@testable import Verification

@Suite("Angles of implementations to exact directions")
struct PeerAnglesTests {
  @Test("this build has a direction everywhere, a millionth of a degree from the exact one")
  func own() throws {
    let rows = try PeerAngles.rows(ReferenceFixture.read("aggregation.json"))
    let own = rows.filter { $0.peer == PeerAngles.ownName }
    #expect(own.count == 11)
    for row in own {
      #expect(row.failureCount == 0)
      #expect(row.worstAngle < 1e-6, "\(row)")
    }
  }

  @Test("the table in docs/methods.md is the one that the shipped file gives")
  func documented() throws {
    let table = PeerAngles.table(try PeerAngles.rows(ReferenceFixture.read("aggregation.json")))
    let root = #filePath.components(separatedBy: "/Tests/")[0]
    let text = try String(contentsOfFile: "\(root)/docs/methods.md", encoding: .utf8)
    #expect(text.contains(table), "\(table)")
  }

  @Test("angles are exact where they are small, right or flat")
  func angles() {
    #expect(PeerAngles.angle([1, 0], [0, 5]) == 90)
    #expect(PeerAngles.angle([1, 0], [-2, 0]) == 180)
    let tiny = PeerAngles.angle([1, 0], [1, 1e-12])
    #expect(abs(tiny - 1e-12 * 180 / Double.pi) < 1e-24)
  }

  @Test("an exception, a zero vector and numbers that are not finite are no direction")
  func failures() {
    var row = PeerAngles.Row(method: "m", peer: "p")
    for direction in [nil, [0, 0], [Double.nan, 1], [1, 0]] as [[Double]?] {
      row.add(direction, exact: [1, 0], id: "one")
    }
    #expect(row.caseCount == 4 && row.failureCount == 3 && row.worstAngle == 0)
  }
}
