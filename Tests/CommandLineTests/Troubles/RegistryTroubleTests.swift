import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import PackageMining
import Testing

/// What a registry does to a run: it goes away for a while, or has something that it never gives.
@Suite("A registry in trouble")
struct RegistryTroubleTests {
    @Test(
        "A registry in trouble that goes away while it lists, or while it is asked for packages, is waited for",
        arguments: [4, 200])
    func waitsForOutage(request: Int) async throws {
        let registry = GoRegistry.synthetic(modules: 400, seed: 29, mix: .plain, pageSize: 50)
        let wire = Tripwire()
        try await wire.serve(registry) { service in
            let folder = try Scratch()
            let server = service.server
            wire.at(request: request) {
                server.goDown()
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(1_500)) {
                    do { try server.comeBack() } catch { Issue.record(error) }
                }
            }
            let outcome = try await service.mine(folder, ["--concurrency", "16"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let isSame = try folder.text("Go.csv") == registry.expectedList()
            #expect(isSame)
            AttackLog.note("2", "an outage in mid-run", survived: isSame ? 1 : 0)
        }
    }

    @Test(
        "A registry in trouble that answers 500 for one package in 50: the list is published, they are named, and only they are asked again"
    )
    func asksForWhatFailedAlone() async throws {
        let (registry, failing) = oneIn(50, of: 500)
        try await registry.serve { service in
            let folder = try Scratch()
            let first = try await service.mine(folder)
            #expect(first.status == 75, "\(first.errors)")
            #expect(try folder.text("Go.csv") == registry.expectedList())
            let rows = failing.map { "failed,\($0),unreachable: status 500 (6 attempts)\n" }
            #expect(try folder.text("Go.problems.csv") == "Kind,Subject,Detail\n" + rows.joined())

            service.journal.reset()
            #expect(try await service.mine(folder).status == 75)
            #expect(proxyRequests(service) == requests(for: failing, times: 6))
            #expect(isOverlapAlone(service), "\(service.journal.counts)")
            #expect(try folder.text("Go.problems.csv") == "Kind,Subject,Detail\n" + rows.joined())

            for path in failing { registry.setConduct(.origin, of: path) }
            service.journal.reset()
            #expect(try await service.mine(folder).status == 0)
            #expect(proxyRequests(service) == requests(for: failing, times: 1))
            let isSame = try folder.text("Go.csv") == registry.expectedList()
            #expect(isSame && !folder.exists("Go.problems.csv"))
            AttackLog.note(
                "3", "packages that answer 500 for ever", cases: failing.count, survived: isSame ? failing.count : 0)
        }
    }

    /// A registry in which one module in `share` answers 500 for ever, and these modules in the list's order.
    private func oneIn(_ share: Int, of count: Int) -> (GoRegistry, failing: [String]) {
        let registry = GoRegistry.synthetic(modules: count, seed: 31, mix: .plain, pageSize: 200)
        let askable = registry.expected().filter { $0.outcome == .resolved }
        let failing = stride(from: share / 2, to: count, by: share).map { askable[$0].path }
        for path in failing { registry.setConduct(.alwaysFails, of: path) }
        return (registry, failing)
    }

    private func proxyRequests(_ service: GoService) -> [String: Int] {
        service.journal.counts.filter { $0.key.hasPrefix("/proxy/") }
    }

    private func requests(for paths: [String], times: Int) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: paths.map { ("/proxy/cached-only/\(escaped($0))/@latest", times) })
    }

    private func escaped(_ path: String) -> String {
        path.map { $0.isUppercase ? "!\($0.lowercased())" : String($0) }.joined()
    }

    /// Whether the index was asked for nothing before the ten minutes that an update goes back.
    private func isOverlapAlone(_ service: GoService) -> Bool {
        let last = service.registry.entries.map(\.time.nanoseconds).max() ?? 0
        let index = service.journal.log.filter(GoRequest.isIndex)
        return !index.isEmpty
            && index.allSatisfy { request in
                let since = request.query("since").flatMap { EntryTime($0) }?.nanoseconds ?? 0
                return since >= last - 600 * 1_000_000_000
            }
    }
}
