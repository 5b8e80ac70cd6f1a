import GoMiner
import Testing

@Suite("Versions of modules")
struct ModuleVersionTests {
    /// From the oldest to the newest.
    private static let ordered = [
        "", "banana", "v1.2",
        "v0.0.0-20161002052512-839d9e913e06", "v0.0.0-20190404164418-38d8ce5564a5",
        "v1.2.4-0.20191109021931-daa7c04131f5", "v1.3.0-rc1.0.20200101000000-abcdefabcdef",
        "v0.9.0-a20190404164418-38d8ce5564a5", "v0.9.0-alpha", "v0.9.0-alpha.1", "v0.9.0-alpha.beta", "v0.9.0-beta.2",
        "v0.9.0-beta.11", "v1.0.0-RC1",
        "v0.1.0", "v0.9.9", "v0.10.0", "v1.0.0", "v2.0.0+incompatible", "v10.0.0",
        "v10.0.99999999999999999999999999999999",
    ]

    @Test(
        "Versions of modules are ordered as Go looks for the newest: releases, then pre-releases, then pseudo-versions")
    func orders() {
        let sorted = Self.ordered.shuffled().sorted { ModuleVersion($0) < ModuleVersion($1) }
        #expect(sorted == Self.ordered)
    }

    @Test("build metadata does not count")
    func ignoresBuild() {
        #expect(ModuleVersion("v1.0.0+incompatible") == ModuleVersion("v1.0.0"))
    }
}
