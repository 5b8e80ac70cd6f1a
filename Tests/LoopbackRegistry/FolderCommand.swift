import ArgumentParser
import Foundation
import MinerTestKit

struct FolderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "folder",
        abstract: "Serves registries that are folders, each at a port of its own, and prints name and URL of each.")

    @Argument(help: "Folders, as the documentation of FolderFixture describes them.")
    var folders: [String]

    @Option(help: "A file for the URLs, which are also printed. Written when all registries are up.")
    var urlFile: String?

    func run() async throws {
        try await serve(folders[...], behind: "")
    }

    /// Each server lives inside the one before it, so that all end together.
    private func serve(_ left: ArraySlice<String>, behind text: String) async throws {
        guard let folder = left.first else { return try await announce(text) }
        let url = URL(filePath: folder)
        try await FolderRegistry(at: url).serve { server in
            try await serve(left.dropFirst(), behind: text + "\(url.lastPathComponent) \(server.baseURL)\n")
        }
    }

    private func announce(_ text: String) async throws {
        FileHandle.standardOutput.write(Data(text.utf8))
        if let urlFile { try Data(text.utf8).write(to: URL(filePath: urlFile), options: .atomic) }
        await untilStopped(untilStdinCloses: false)
    }
}
