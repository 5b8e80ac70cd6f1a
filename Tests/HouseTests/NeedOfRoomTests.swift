import ArgumentParser
import EcosystemPlugins
import Foundation
import GoMiner
import NPMMiner
import PkgmineCLI
import Testing

@Suite("What a large list takes on the disk", .serialized)
struct NeedOfRoomTests {
    private static let folder =
        FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)").path

    private func notices<Plugin: EcosystemPlugin>(_: Plugin.Type, _ arguments: String...) throws -> [String] {
        let command = try MiningCommand<Plugin>.parse(["-o", Self.folder] + arguments)
        return try command.job().notices
    }

    @Test("A first run at the default registry says what the whole list takes, and what is free there")
    func isTold() throws {
        let told = try notices(GoPlugin.self)
        #expect(told.count == 1)
        #expect(try #require(told.first).hasPrefix("a whole list takes about 7.1 GB in \(Self.folder)"))
        #expect(try #require(told.first).contains(" are free there"))
        let npm = try #require(try notices(NPMPlugin.self).last)
        #expect(npm.hasPrefix("a whole list takes about 2.3 GB in \(Self.folder)"))
    }

    @Test("Of another registry, of the first packages and of a list that is there it is not said")
    func isNotTold() throws {
        #expect(try notices(GoPlugin.self, "--index-url", "https://index.test/index") == [])
        #expect(try notices(GoPlugin.self, "--limit", "10") == [])
        let state = URL(filePath: Self.folder).appending(path: ".pkgmine/go.sqlite")
        defer { try? FileManager.default.removeItem(atPath: Self.folder) }
        let folder = state.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: state)
        #expect(try notices(GoPlugin.self) == [])
    }
}
