import PythonFormats
import Testing

@Suite("Versions of Python packages")
struct PythonVersionTests {
    /// In the order that `packaging` 23 has, which pip brings.
    private static let ordered = """
        1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 \
        1.0rc1.dev456 1.0rc1 1.0 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1 1.1 v1.2 1.10 2.0 2.0.0.1 2018.1 1!0.1 1!1
        """.split(separator: " ").map { PythonVersion(String($0)) }

    @Test("Versions are ordered as pip orders them, and what is none comes first")
    func order() {
        let all = [PythonVersion("french toast")] + Self.ordered
        for (place, version) in all.enumerated() {
            for (otherPlace, other) in all.enumerated() { #expect((version < other) == (place < otherPlace)) }
        }
    }

    @Test(
        "Spellings of one version are neither before one another",
        arguments: [
            ("1.0", "1"), ("1.0a", "1.0.alpha0"), ("1.0-1", "1.0.post1"), ("1.0c1", "1.0rc1"),
            ("1.0PREVIEW-2", "1.0rc2"), ("1.0.r3", "1.0-post_3"), ("1.0_dev", "1.0.dev0"), ("1.0", "1.0+local.1"),
        ])
    func spellings(one: String, other: String) {
        #expect(!(PythonVersion(one) < PythonVersion(other)) && !(PythonVersion(other) < PythonVersion(one)))
    }

    @Test("Pre-releases and developers' versions are no finals")
    func finals() {
        #expect(["1.0", "1.0.post1", "1!2"].allSatisfy { !PythonVersion($0).isPreRelease })
        #expect(["1.0a1", "1.0.dev1", "1.0.post1.dev2", "x"].allSatisfy { PythonVersion($0).isPreRelease })
    }
}
