import CocoaPodsMiner
import Testing

@Suite("Versions of pods")
struct PodVersionTests {
    @Test(
        "the later of two is the newer one",
        arguments: [
            ("1.9", "1.10"), ("1.0", "1.0.0.1"), ("1.0.0", "1.0.1"), ("0.9.9", "1"), ("9", "10"),
            ("1.0.beta", "1.0"), ("1.0.0-beta", "1.0.0"), ("2.0.0-rc.1", "1.0"), ("2.0.rc1", "0.1"), ("2-1", "1"),
            ("1.0.0-alpha", "1.0.0-beta"), ("1.0.0-beta.9", "1.0.0-beta.10"), ("1.0.a9", "1.0.a10"),
            ("1.0.0-beta", "1.0.0-beta.1"), ("1.0.0-beta.1", "1.0.0-beta.a"), ("1.0.0-Beta", "1.0.0-alpha"),
            ("1.beta", "1.0.1-alpha"), ("1.0-1", "1.0-2"), ("1.164", "1.1641"),
            ("99999999999999999998", "99999999999999999999"), ("1.0.0-9", "1.0.0-99999999999999999999"),
        ])
    func order(older: String, newer: String) {
        #expect(PodVersion(older) < PodVersion(newer))
        #expect(!(PodVersion(newer) < PodVersion(older)))
        #expect(CocoaPodsMiner().isVersion(newer, newerThan: older))
        #expect(!CocoaPodsMiner().isVersion(older, newerThan: newer))
    }

    @Test(
        "zeros at the end or in front, and build metadata, make no other version",
        arguments: [
            ("1.0", "1"), ("1.0.0", "1.0"), ("0", "0.0.0"), ("1.01", "1.1"), ("1.0+build.7", "1.0"), ("1.0.0+a", "1+b"),
            ("1.0.beta", "1.beta"), ("", "0"),
        ])
    func same(a: String, b: String) {
        #expect(PodVersion(a) == PodVersion(b))
    }
}
