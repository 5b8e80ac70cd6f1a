import Foundation
import PackageMining
import Synchronization

/// Packages of a registry whose list and whose look-ups are two services: what each says is written down by the test.
final class FickleMiner: EcosystemMiner {
    struct State {
        var told: [Told] = []
        var answers: [String: Resolution] = [:]
        var answer = Resolution(.gone)
        var asked: [String] = []
        var known: [String: KnownAnswer?] = [:]
    }

    /// A word of the list.
    enum Told {
        case release(String, Release)
        case change(String, Release)
        case deletion(String, place: Int64)

        fileprivate func append(to page: inout Page) {
            switch self {
            case .release(let name, let release): page.append(name: name, release)
            case .change(let name, let release): page.appendChange(of: name, release)
            case .deletion(let name, let place): page.appendDeletion(of: name, place: place)
            }
        }
    }

    private let state: Mutex<State>
    let service: String
    let index: String
    let placeIsTime: Bool

    init(
        _ names: [String] = [], place: Int64 = 0, placeIsTime: Bool = true, service: String = "https://look-up.test",
        index: String = "https://list.test"
    ) {
        state = Mutex(State(told: names.map { .release($0, Release(version: "1", place: place)) }))
        self.placeIsTime = placeIsTime
        self.service = service
        self.index = index
    }

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "fickle", platform: "Fickle", fileName: "Fickle", purlType: "generic",
            registries: [Registry(name: "list", url: index), Registry(name: "look-up", url: service)],
            placeIsTime: placeIsTime)
    }

    /// The same registry at other addresses, with what it says.
    func moved(service: String? = nil, index: String? = nil) -> FickleMiner {
        let other = FickleMiner(
            placeIsTime: placeIsTime, service: service ?? self.service, index: index ?? self.index)
        other.state.withLock { state in self.state.withLock { state = $0 } }
        _ = other.asked()
        return other
    }

    func tell(_ name: String, _ version: String = "1", place: Int64) {
        tell([.release(name, Release(version: version, place: place))])
    }

    func tell(_ words: [Told]) { state.withLock { $0.told += words } }

    func answer(_ resolution: Resolution) { state.withLock { $0.answer = resolution } }
    /// - Parameter name: of a package, or of it and its newest version: `a 2`.
    func answer(_ name: String, _ resolution: Resolution?) { state.withLock { $0.answers[name] = resolution } }

    /// The names that were asked for since this was last read, in order of names: packages are asked for side by side.
    func asked() -> [String] {
        state.withLock { state in
            defer { state.asked = [] }
            return state.asked.sorted()
        }
    }

    /// What was known of the packages that were asked for since this was last read.
    func known() -> [String: KnownAnswer?] {
        state.withLock { state in
            defer { state.known = [:] }
            return state.known
        }
    }

    func spans(of run: RunFacts, after walked: [Int]) -> [Int] { [walked.last ?? 0] }

    func list(from cursor: Int, through session: any RegistrySession, into sink: PageSink<Int>) async throws {
        let new = state.withLock { Array($0.told.dropFirst(cursor)) }
        for (index, word) in new.enumerated() {
            var page = Page()
            word.append(to: &page)
            try await sink.push(page, next: cursor + index + 1)
        }
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        state.withLock { state in
            state.asked.append(package.name)
            state.known[package.name] = .some(package.known)
            let release = "\(package.name) \(package.newest.version)"
            return state.answers[release] ?? state.answers[package.name] ?? state.answer
        }
    }
}
