import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import PackageMining

/// `pkgmine go` against a loopback registry.
extension GoService {
    func arguments(_ folder: Scratch, _ more: [String] = []) -> [String] {
        ["go", "-o", folder.path, "--index-url", indexURL, "--proxy-url", cachedOnlyURL, "--progress", "none"] + more
    }

    @discardableResult
    func mine(
        _ folder: Scratch, _ more: [String] = [], started: (@Sendable (Int32) -> Void)? = nil
    ) async throws -> Tool.Outcome {
        try await Tool.pkgmine.run(arguments(folder, more), started: started)
    }

    /// Requests that the proxy has had.
    var proxyRequests: Int { journal.requests { $0.hasPrefix("/proxy/") } }
}

extension GoRegistry {
    static func small() throws -> GoRegistry {
        try .fixture(at: packageFolder.appending(path: "fixtures/go/small"))
    }
}
