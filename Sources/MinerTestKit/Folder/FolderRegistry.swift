public import Foundation
import Synchronization

/// What serves a folder of answers as ``FolderFixture`` describes it: for a fixture, and for whoever wants to try a miner
/// against one by hand.
public final class FolderRegistry: Sendable {
    let folder: FixtureFolder
    let state: Mutex<FolderState>
    let raw = RawNames()

    public init(at url: URL) throws {
        folder = try ReadFolders.folder(at: url)
        state = Mutex(FolderState(folder, raw))
    }

    public func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        guard let (file, scope) = state.asked(by: request) else { return .text(404, "not in the fixture's folder") }
        return file.answer(to: request, in: scope, raw)
    }

    func kind(of request: LoopbackRequest) -> RequestKind { state.withLock { $0 }.kind(of: request) }

    /// Serves while `body` runs, at the port that the system chooses.
    public func serve<Result>(_ body: (LoopbackServer) async throws -> Result) async throws -> Result {
        try await LoopbackServer.run(handler: { self.answer(to: $0) }, body: body)
    }
}
