import Foundation
import Testing

/// `Sources/README.md`, held against what stands.
@Suite("The map of the house")
struct MapTests {
    private struct Room {
        let name: String
        let mayImport: Set<String>
    }

    /// What comes with Swift costs nobody anything.
    private static let free: Set = ["Foundation", "Synchronization", "Dispatch"]

    private func rooms() throws -> [Room] {
        let rows = try House.text("Sources/README.md").matches(of: /(?m)^\| `([^`]+)` \| [^|]+ \|([^|]*)\|$/)
        return rows.map { row in
            let names = row.output.2.matches(of: /`(\w+)`/).map { String($0.output.1) }
            return Room(name: String(row.output.1), mayImport: Set(names))
        }
    }

    private func imports(of folder: String) throws -> Set<String> {
        Set(try House.files(folder).flatMap(\.imports)).subtracting(Self.free)
    }

    @Test("The map of the house names every room, and no other")
    func isWhole() throws {
        let libraries = House.subfolders(of: "Sources").filter { folder in
            folder.prefixMatch(of: /C[A-Z]/) == nil
        }
        // Programs of a file or three, which use rooms and are none.
        let programs = ["ListEcosystems", "list-ecosystems", "pkgmine-command"]
        #expect(try Set(rooms().map(\.name)) == Set(libraries).subtracting(programs).union(["Plugins/…"]))
    }

    @Test("The map of the house says of each room what it imports, and nothing that it does not")
    func saysWhatIsImported() throws {
        // What imports the plug-ins is written by the build.
        for room in try rooms() where room.name != "Plugins/…" {
            #expect(try imports(of: "Sources/\(room.name)") == room.mayImport, "\(room.name)")
        }
    }

    @Test(
        "The map of the house says of plug-ins what they may import; only what says their options knows of a command line"
    )
    func saysWhatPluginsMayImport() throws {
        let room = try #require(try rooms().first { $0.name == "Plugins/…" })
        for file in try House.files("Plugins") {
            let found = Set(file.imports).subtracting(Self.free)
            let allowed =
                file.name.hasSuffix("Plugin.swift") ? room.mayImport : room.mayImport.subtracting(["ArgumentParser"])
            #expect(found.isSubset(of: allowed), "\(file.path)")
            for forbidden in ["URLSession", "FileHandle", "FileManager", "Task.sleep", "Task.detached"] {
                #expect(!file.text.contains(forbidden), "\(file.path) uses \(forbidden)")
            }
        }
    }

    @Test(
        "The map of the house lets the kit for authors know no ecosystem, not by name either",
        arguments: House.subfolders(of: "Plugins"))
    func kitKnowsNoPlugin(plugin: String) throws {
        let word = try Regex("\\b\(plugin)([A-Z+ ]|\\b)")
        let files = try House.files("Sources/MinerTestKit")
        #expect(!files.isEmpty)
        for file in files { #expect(!"\(file.path)\n\(file.text)".contains(word), "\(file.path)") }
    }

    @Test("The map of the house has fifteen words, each told in a line")
    func hasWords() throws {
        let words = try House.text("Sources/README.md").split(separator: "## The words")[1]
            .matches(of: /(?m)^\| ([a-zA-Z -]+) \| [^|]+ \|$/).map { String($0.output.1) }.dropFirst()
        #expect(words.count == 15)
        #expect(Set(words).count == 15)
    }
}
