import Foundation
import MinerTestKit
import PackageMining

/// A fixture of these files, which are read at once.
func fixture(
    _ files: [String: String], isOrderedByName: Bool = false, isListedWhole: Bool? = nil
) throws -> FolderFixture<SilentMiner> {
    let scratch = try ScratchFolder(named: "fixture")
    for (name, text) in files {
        let file = scratch.url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
    return try FolderFixture(
        at: scratch.url, isOrderedByName: isOrderedByName, isListedWhole: isListedWhole, accepting: { $0 != "refused" }
    ) {
        SilentMiner(url: $0)
    }
}

extension FolderFixture {
    func answer(_ target: String, _ headers: [String: String] = [:]) -> LoopbackAnswer {
        answer(
            to: LoopbackRequest(
                target: target, headers: [Header("Host", "host.test")] + headers.map { Header($0.key, $0.value) }))
    }

    /// Status and body.
    func told(_ target: String, _ headers: [String: String] = [:]) -> String { answer(target, headers).text }

    func kind(_ target: String) -> RequestKind { kind(of: LoopbackRequest(target: target)) }
}

extension LoopbackAnswer {
    var text: String { "\(status) \(String(decoding: body, as: UTF8.self))" }
}

/// A miner that is asked nothing.
struct SilentMiner: EcosystemMiner {
    let url: String

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "silent", platform: "Silent", fileName: "Silent", purlType: "generic",
            registries: [Registry(name: "registry", url: url)])
    }

    func spans(of run: RunFacts, after walked: [Int]) -> [Int] { [] }

    func list(from cursor: Int, through session: any RegistrySession, into sink: PageSink<Int>) async throws {}
}
