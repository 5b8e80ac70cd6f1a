import Foundation
import MachineTools
import Testing

/// What the build writes of the folders of `Plugins/`, so that the tool knows them.
@Suite("The list of ecosystems")
struct ListEcosystemsTests {
    /// Runs the program on modules, each with the texts of its files.
    private func list(_ modules: KeyValuePairs<String, [String]>) async throws -> (outcome: Tool.Outcome, list: String)
    {
        let folder = try Scratch()
        var arguments = ["list.swift"]
        for (module, texts) in modules {
            arguments.append(module)
            for (number, text) in texts.enumerated() {
                let name = "\(module)-\(number).swift"
                try Data(text.utf8).write(to: folder.url.appending(path: name))
                arguments.append(name)
            }
        }
        let outcome = try await Tool.listEcosystems.run(arguments, in: folder.url)
        return (outcome, folder.exists("list.swift") ? try folder.text("list.swift") : "")
    }

    @Test("The list of ecosystems has both ecosystems of a folder, in one file or in two, and however they are written")
    func listsBoth() async throws {
        let (outcome, list) = try await list([
            "BrewMiner": [
                "public struct Casks: EcosystemPlugin {}\n\npublic struct Bottles: Sendable, EcosystemPlugin {\n}\n",
                "public struct BrewMiner: EcosystemMiner {}\n", "public struct Formulae :\n    EcosystemPlugin {}\n",
            ],
            "GoMiner": ["/// An `EcosystemPlugin`.\npublic struct GoPlugin: EcosystemPlugin {}\n"],
        ])
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(
            list == """
                public import EcosystemPlugins
                import BrewMiner
                import GoMiner

                extension PkgmineTool {
                    /// What comes with this package, as the folders of `Plugins/` say it of themselves.
                    public static let plugins: [any EcosystemPlugin.Type] = [Bottles.self, Casks.self, Formulae.self, \
                GoPlugin.self]
                }

                """)
    }

    @Test("The list of ecosystems is left as it is where it says the same, so that nothing is compiled with it again")
    func isLeft() async throws {
        let folder = try Scratch()
        let list = folder.url.appending(path: "list.swift")
        try Data("public struct GoPlugin: EcosystemPlugin {}\n".utf8).write(to: folder.url.appending(path: "Go.swift"))
        for name in ["GoMiner", "GoMiner", "Go2Miner"] {
            let before = try? FileManager.default.attributesOfItem(atPath: list.path)[.systemFileNumber] as? Int
            #expect(try await Tool.listEcosystems.run(["list.swift", name, "Go.swift"], in: folder.url).status == 0)
            let after = try FileManager.default.attributesOfItem(atPath: list.path)[.systemFileNumber] as? Int
            let isSame = before == after
            #expect(isSame == (before != nil && name == "GoMiner"))
            #expect(try folder.text("list.swift").contains("import \(name)\n"))
        }
    }

    @Test(
        "The list of ecosystems is not written where a folder has none, or one that the tool cannot see",
        arguments: [
            (
                "struct Hidden {}\n",
                "error: M has no `public struct …: EcosystemPlugin`, which says what its ecosystem is\n"
            ),
            (
                "struct Hidden: EcosystemPlugin {}\n",
                "error: M-0.swift: the tool sees a plug-in only as `public struct Hidden: EcosystemPlugin`\n"
            ),
            (
                "public struct Late {}\nextension Late: EcosystemPlugin {}\n",
                "error: M-0.swift: the tool sees a plug-in only as `public struct Late: EcosystemPlugin`\n"
            ),
        ])
    func refuses(text: String, told: String) async throws {
        let (outcome, list) = try await list(["M": [text]])
        #expect(outcome.status == 1)
        #expect(outcome.output == told)
        #expect(list == "")
    }
}
