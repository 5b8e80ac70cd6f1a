import MiningStore
import Testing

@Suite("A version as the state holds it")
struct PackedVersionTests {
    private func packed(_ version: String) -> [UInt8]? {
        var bytes: [UInt8]?
        let isPacked = withBytes(version) { PackedVersion.pack($0) { bytes = Array($0) } }
        return isPacked ? bytes : nil
    }

    private func unpacked(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(PackedVersion.unpack) }

    @Test("A version of digits, hexadecimal letters, v, points and hyphens is read back as it was written")
    func readsBack() throws {
        let versions = (1...40).map { String("v0.0.0-20240506070809-abcdef012345-v1.22.333".prefix($0)) }
        for version in versions + ["0", "00", "000000000000000", "vvvvvvvvvvvvvvv", "vvvvvvvvvvvvvvvv", "-", ".."] {
            #expect(unpacked(try #require(packed(version))) == version)
        }
    }

    @Test("No two versions are held in the same form, whatever leads or ends them")
    func areToldApart() {
        let digits = "0123456789abcdef.-v"
        let pairs = digits.flatMap { first in digits.map { "\(first)\($0)" } }
        let versions = digits.map(String.init) + pairs + pairs.map { "v1.0.0-0000000\($0)" } + pairs.map { "\($0)000" }
        #expect(Set(versions.map(packed)).count == versions.count)
    }

    @Test("A pseudo-version takes 18 bytes in place of 34, a short tag four")
    func isShort() {
        #expect(packed("v0.0.0-20240506070809-abcdef012345")?.count == 18)
        #expect(packed("v1.12.3")?.count == 4)
    }

    @Test(
        "A version with any other character stays the text that it is",
        arguments: ["", "v1.0.0+incompatible", "1 0", "É"])
    func staysText(version: String) {
        #expect(packed(version) == nil)
    }

    @Test("Bytes that no version was packed into are read to their end")
    func isBounded() {
        #expect(unpacked([UInt8](repeating: 255, count: 20)).count <= 48)
        #expect(unpacked([0, 0, 0]) == "")
    }
}
