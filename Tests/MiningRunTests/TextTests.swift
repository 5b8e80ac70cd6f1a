import Foundation
import PackageMining
import Testing

@Suite("Texts of registries")
struct TextTests {
    @Test("the system's reason for an error of Foundation is told, whatever Foundation calls it")
    func systemReasons() throws {
        let folder = URL(filePath: "/", directoryHint: .isDirectory)
        let error = try #require(throws: (any Error).self) { try Data(contentsOf: folder) }
        #expect(systemReason(error) == "Is a directory")
        let cause = [NSUnderlyingErrorKey: POSIXError(.EMFILE)]
        #expect(systemReason(CocoaError(.fileReadUnknown, userInfo: cause)) == "Too many open files")
        #expect(systemReason(CocoaError(.fileWriteNoPermission)) == "Permission denied")
    }

    @Test("times are compared as times, whatever digits they leave out, and stored as they came")
    func times() throws {
        let short = try #require(RegistryTime("2017-10-31T23:28:02.78Z"))
        let long = try #require(RegistryTime("2017-10-31T23:28:02.7800001Z"))
        #expect(short < long)
        #expect(long.nanoseconds - short.nanoseconds == 100)
        #expect(RegistryTime("2017-10-31T23:28:02+00:00")?.nanoseconds == short.nanoseconds - 780_000_000)
        let stored = try JSONEncoder().encode([short])
        #expect(String(decoding: stored, as: UTF8.self) == #"["2017-10-31T23:28:02.78Z"]"#)
        #expect(try JSONDecoder().decode([RegistryTime].self, from: stored) == [short])
    }

    @Test("a time of a database is that of the registry, with its zone or without")
    func databaseTimes() throws {
        let time = try #require(RegistryTime("2014-11-21T00:06:54.000682Z"))
        #expect(RegistryTime.ofDatabase("2014-11-21 00:06:54.000682+00") == time)
        #expect(RegistryTime.ofDatabase("2014-11-21 00:06:54.000682") == time)
        #expect(
            RegistryTime.ofDatabase("2014-11-21 00:06:54.5+00")?.date == Date(timeIntervalSince1970: 1_416_528_414.5))
        for text in ["", "infinity", "2014-11-21", "2014-11-21 00:06:54+01", "2014-11-21 00:06:54+00+00"] {
            #expect(RegistryTime.ofDatabase(text) == nil, "\(text)")
        }
    }

    @Test(
        "what is no time in UTC is none",
        arguments: [
            "", "2017-10-31", "2017-10-31T23:28:02", "2017-10-31T23:28:02+01:00", "2017-10-31T23:28:02.Z",
            "2017-10-31T23:28:02.0123456789Z", "2017-10-31T23:28:02.1.2Z", "9999-10-31T23:28:02Z",
            "2017-13-31T23:28:02Z", "2017-10-31T23:28:02+01Z", "2017-10-31T23:28:02+01:00.5Z",
        ])
    func noTimes(text: String) {
        #expect(RegistryTime(text) == nil)
    }

    @Test(
        "versions are in the order of semantic versioning",
        arguments: [
            ("1.9.0", "1.10.0"), ("1.0.0-rc", "1.0.0"), ("1.0.0-alpha", "1.0.0-beta"), ("1.0.0-1", "1.0.0-a"),
            ("1.0.0-a.2", "1.0.0-a.10"), ("1.0.0-a", "1.0.0-a.1"), ("1.0.0", "1.0.0.1"), ("1", "1.0.1"),
            ("1.0.0-99999999999999999998", "1.0.0-99999999999999999999"),
        ])
    func versions(a: String, b: String) throws {
        let (a, b) = try (#require(SemanticVersion(a)), #require(SemanticVersion(b)))
        #expect(a < b && !(b < a) && a != b)
    }

    @Test("build metadata and zeros at the end do not count")
    func sameVersions() {
        #expect(SemanticVersion("1.0-rc+1") == SemanticVersion("1.0.0-rc"))
        #expect(SemanticVersion("1.0.0-9", largestLabel: 5) == SemanticVersion("1.0.0-9", largestLabel: 6))
        #expect(SemanticVersion("v1") == nil && SemanticVersion("") == nil && SemanticVersion("1.-1") == nil)
    }

    @Test(
        "a segment of a URL has nothing in it that could lead elsewhere",
        arguments: [
            ("a-Z_0.9~", "a-Z_0.9~"), ("a/../b", "a%2F..%2Fb"), ("é +?#%", "%C3%A9%20%2B%3F%23%25"), ("\u{0}", "%00"),
            ("...", "..."), ("", nil), (".", nil), ("..", nil),
        ])
    func segments(text: String, segment: String?) {
        #expect(urlSegment(text) == segment)
    }

    @Test("names lose their case character by character", arguments: [("Ab.C", "ab.c"), ("É新İ", "é新İ"), ("ΑΣ", "ασ")])
    func lowercase(name: String, key: String) {
        #expect(simpleLowercase(name).utf8.elementsEqual(key.utf8))
    }
}
