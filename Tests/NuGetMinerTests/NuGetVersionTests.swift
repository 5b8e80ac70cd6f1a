import NuGetMiner
import Testing

@Suite("NuGet versions")
struct NuGetVersionTests {
    @Test(
        "versions are normalised as URLs have them",
        arguments: [
            ("1.0", "1.0.0"), ("1", "1.0.0"), ("1.0.0.0", "1.0.0"), ("1.00.03.4", "1.0.3.4"), ("1.0.0+meta", "1.0.0"),
            ("1.0.0-Beta.1+x-y", "1.0.0-beta.1"), ("1.0-rc-2", "1.0.0-rc-2"), ("odd", "odd"),
        ])
    func normalized(text: String, normalized: String) {
        #expect(NuGetVersion(text).normalized == normalized)
    }

    @Test(
        "order is NuGet's",
        arguments: [
            ("1.9.0", "1.10.0"), ("1.0.0-rc", "1.0.0"), ("1.0.0-alpha", "1.0.0-beta"), ("1.0.0-1", "1.0.0-a"),
            ("1.0.0-a.2", "1.0.0-a.10"), ("1.0.0-a", "1.0.0-a.1"), ("1.0.0", "1.0.0.1"),
            // A numeric label that does not fit 32 bits is a text.
            ("1.0.0-5", "1.0.0-20150101000000"), ("1.0.0-20150101000000", "1.0.0-9999999999"),
        ])
    func older(a: String, b: String) {
        #expect(NuGetVersion(a) < NuGetVersion(b))
        #expect(!(NuGetVersion(b) < NuGetVersion(a)))
    }
}
