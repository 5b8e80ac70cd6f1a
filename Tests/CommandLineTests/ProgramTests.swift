import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

/// `Tests/OutsideProgram`, the example of the page "Mine from your program".
@Suite("The program of the example")
struct ProgramTests {
    @Test(
        "The program of the example makes the list that the command makes, and the command goes on with it"
    )
    func mines() async throws {
        let registry = try GoRegistry.small()
        try await registry.serve { service in
            let folder = try Scratch()
            let words = ["lists", service.indexURL, service.cachedOnlyURL]
            let first = try await Tool.trends.run(words, in: folder.url)
            #expect(first.status == 0, "\(first.errors)")
            #expect(try folder.text("lists/Go.csv") == registry.expectedList())
            #expect(
                first.output.hasSuffix("\n154 modules in lists/Go.csv, 154 looked up now\n"), "\(first.output)"
            )
            #expect(first.output.contains("go done     "), "\(first.output)")
            let second = try await Tool.trends.run(words, in: folder.url)
            #expect(second.output.hasSuffix("\n154 modules in lists/Go.csv, 1 looked up now\n"))
            let third = try await Tool.pkgmine.run(
                ["go", "-o", "lists", "--index-url", words[1], "--proxy-url", words[2]], in: folder.url)
            #expect(third.status == 75 && third.errors.contains("154 packages in the list, 0 of them new; "))
            #expect(third.errors.contains("1 looked up now; in all:"), "\(third.errors)")
        }
    }
}
