import DebianFormats
import Foundation
import MachineTools
import MinerHarness
import Testing

@Suite("Debian versions")
struct DebianVersionTests {
    /// Pairs and their order, as dpkg told it: `A<tab><<tab>B`.
    static func pairs(_ text: String) -> [(a: String, sign: String, b: String)] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t").map(String.init)
            return (parts[0], parts[1], parts[2])
        }
    }

    static func sign(_ a: String, _ b: String) -> String {
        DebianVersion(a) < DebianVersion(b) ? "<" : DebianVersion(b) < DebianVersion(a) ? ">" : "="
    }

    @Test("Their order is dpkg's own, in every verdict that it gave, and the same the other way round")
    func order() throws {
        let pairs = Self.pairs(try Places.fixtureText("debian/versions/order.tsv"))
        #expect(pairs.count == 330)
        for (a, sign, b) in pairs {
            #expect(Self.sign(a, b) == sign, "\(a) \(b)")
            #expect(Self.sign(b, a) == ["<": ">", ">": "<"][sign] ?? "=", "\(b) \(a)")
        }
    }

    @Test(
        "dpkg as it is installed here still gives these verdicts",
        .enabled(if: Tool.machine("dpkg") != nil, "dpkg is not installed"))
    func asksDpkg() async throws {
        let dpkg = try #require(Tool.machine("dpkg"))
        for (a, sign, b) in Self.pairs(try Places.fixtureText("debian/versions/order.tsv")) {
            #expect(
                try await dpkg.run(["--compare-versions", a, sign == "=" ? "eq" : sign == "<" ? "lt" : "gt", b]).status
                    == 0)
        }
    }

    @Test("What is no version has an order all the same", arguments: [("", "0"), ("x:1", "1"), ("é", "é")])
    func odd(a: String, b: String) {
        #expect(DebianVersion(a) == DebianVersion(a) && DebianVersion(b) == DebianVersion(b))
        #expect(!(DebianVersion(a) < DebianVersion(b) && DebianVersion(b) < DebianVersion(a)))
    }
}
