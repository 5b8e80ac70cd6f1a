import Foundation
import MinerTestKit
import PackageMining
import PackagistMiner
import Synchronization
import Testing

@Suite("The Packagist miner")
struct PackagistConformanceTests {
    @Test("The Packagist miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { PackagistFixture() }.check(promise)
    }
}

/// Two lists, a feed of changes and two files for each package, as composer/packagist of August 2026 makes them.
///
/// Of the twelve packages one is spelled with capitals, one has branches alone, one has no version, one has an empty
/// homepage, and one that only branches of have changed last.
private final class PackagistFixture: RegistryFixture {
    private struct Listed: Sendable {
        var name: String
        /// Nil where there is no version of that kind.
        var tagged: String?
        var branches: String?
        var repository: String
        /// When its files changed last.
        var changed: Int
        var isRemoved = false

        var key: [UInt8] { Array(simpleLowercase(name).utf8) }
        var homepage: String? { (tagged ?? branches).flatMap { $0.isEmpty ? nil : $0 } }
    }

    private struct State: Sendable {
        var packages: [Listed] = []
        /// Where each listing begins, the first one aside.
        var listings: [Int] = []
        var actions: [(type: String, file: String, time: Int)] = []
        var unreadable = 0
        var repetitions = 1
        var kept: Int?

        var time: Int { actions.last?.time ?? 1_700_000_000 }

        var told: [Listed] {
            let all = packages.filter { !$0.isRemoved }
            return kept.map { Array(all.suffix($0)) } ?? all
        }

        mutating func change(_ index: Int) {
            packages[index].changed = time + 1
            let (key, time) = (simpleLowercase(packages[index].name), time + 1)
            actions += [("update", key, time), ("update", "\(key)~dev", time)]
        }
    }

    private let state = Mutex(State())

    init() {
        let odd = ["Acme/Capitals", "zeta/branches", "zeta/empty", "m/blank"]
        _ = add(names: (1...8).map { "vendor/package-\($0)" } + odd)
        state.withLock { state in
            for (index, package) in state.packages.enumerated() {
                switch package.name {
                case "zeta/branches": state.packages[index].tagged = nil
                case "zeta/empty": (state.packages[index].tagged, state.packages[index].branches) = (nil, nil)
                case "m/blank": state.packages[index].tagged = ""
                default: break
                }
            }
        }
    }

    func miner(at baseURL: String) -> PackagistMiner { PackagistMiner(repositoryURL: baseURL) }

    func kind(of request: LoopbackRequest) -> RequestKind {
        guard request.path.hasPrefix("/p2/") else { return .listing }
        return .lookUp(request.path.hasSuffix("~dev.json") ? "branches" : "tagged")
    }

    var pace: Pace? { Pace(atOnce: 10) }
    var isListedWhole: Bool { true }

    func grow() {
        state.withLock { $0.listings.append($0.packages.count) }
        _ = add(names: ["new/one", "New/Two", "acme/new"])
    }

    /// Names that differ in case alone are one.
    func add(names: [String]) -> Bool {
        state.withLock { state in
            for name in names {
                let number = state.packages.count + 1
                let package = Listed(
                    name: name, tagged: "https://tags.test/\(number)", branches: "https://branches.test/\(number)",
                    repository: "https://git.test/\(number)", changed: state.time)
                if state.packages.contains(where: { $0.key == package.key }) { continue }
                state.packages.append(package)
                state.change(state.packages.count - 1)
            }
        }
        return true
    }

    func remove(_ name: String) -> Bool {
        state.withLock { state in
            guard let index = state.packages.firstIndex(where: { $0.name == name }) else { return false }
            state.packages[index].isRemoved = true
            state.actions.append(("delete", simpleLowercase(name), state.time + 1))
            return true
        }
    }

    func change(_ name: String) -> Bool {
        state.withLock { state in
            guard let index = state.packages.firstIndex(where: { $0.name == name }) else { return false }
            state.packages[index].tagged = "https://changed.test/"
            state.packages[index].repository = "https://git.test/moved"
            state.change(index)
            return true
        }
    }

    func addUnreadableEntry() -> Bool {
        state.withLock { $0.unreadable += 1 }
        return true
    }

    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { $0.repetitions = times }
        return true
    }

    func shrink(to count: Int?) -> Bool {
        state.withLock { $0.kept = count }
        return true
    }

    var expected: [ExpectedRow] {
        let state = state.withLock { $0 }
        return zip([0] + state.listings, state.listings + [state.packages.count]).flatMap { start, end in
            state.packages[start..<end].sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }.map { package in
            if package.isRemoved { return ExpectedRow(package.name, outcome: .withdrawn) }
            // What a URL cannot name is not asked for; its repository is told by the list.
            let halves = package.name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            if halves.contains(where: { ["", ".", ".."].contains($0) }) {
                return ExpectedRow(package.name, repository: package.repository, outcome: .invalidName)
            }
            return ExpectedRow(package.name, homepage: package.homepage, repository: package.repository)
        }
    }
}

/// What it answers.
extension PackagistFixture {
    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        let path = String(request.decodedPath)
        switch path {
        case "/packages.json":
            return json([
                "packages": [], "metadata-url": "/p2/%package%.json",
                "metadata-changes-url": "http://\(request.header("Host") ?? "")/metadata/changes.json",
            ])
        case "/metadata/changes.json": return changes(state, request.query.first { $0.name == "since" }?.value)
        case "/packages/list.json":
            return request.query.contains { $0.name == "fields[]" } ? fields(of: state) : names(of: state)
        default: return file(path, of: state, request)
        }
    }

    private func changes(_ state: State, _ since: String?) -> LoopbackAnswer {
        let now = state.time * 10_000 + 1
        guard let since = since.flatMap(Int.init) else {
            var answer = json(["error": "Invalid or missing \"since\" query parameter", "timestamp": now])
            answer.status = 400
            return answer
        }
        let actions = state.actions.filter { $0.time * 10_000 >= since }.map {
            ["type": $0.type, "package": $0.file, "time": $0.time] as [String: Any]
        }
        return json(["actions": actions, "timestamp": now])
    }

    private func names(of state: State) -> LoopbackAnswer {
        var names: [Any] = state.told.map { simpleLowercase($0.name) }
        names += (0..<state.unreadable).map { ["unreadable": $0] }
        return json(["packageNames": repeatElement(names, count: state.repetitions).flatMap(\.self)])
    }

    private func fields(of state: State) -> LoopbackAnswer {
        let members = state.told.map { package in
            "\(text(package.name)):"
                + #"{"repository":\#(text(package.repository)),"type":"library","abandoned":false}"#
        }
        let all = repeatElement(members, count: state.repetitions).flatMap(\.self)
        // PHP writes an object of nothing as an array.
        return .json(all.isEmpty ? #"{"packages":[]}"# : #"{"packages":{\#(all.joined(separator: ","))}}"#)
    }

    private func file(_ path: String, of state: State, _ request: LoopbackRequest) -> LoopbackAnswer {
        let package = state.packages.first { package in
            let file = Array("/p2/".utf8) + package.key
            return [".json", "~dev.json"].contains { Array(path.utf8) == file + Array($0.utf8) }
        }
        guard let package, !package.isRemoved else { return .text(404, "404 not found, no packages here") }
        let key = simpleLowercase(package.name)
        let homepage = path.hasSuffix("~dev.json") ? package.branches : package.tagged
        let versions = homepage.map { #"{"name":\#(text(key)),"homepage":\#(text($0))},{"homepage":"__unset"}"# } ?? ""
        var answer = LoopbackAnswer.json(#"{"minified":"composer/2.0","packages":{\#(text(key)):[\#(versions)]}}"#)
        let changed = Date(timeIntervalSince1970: Double(package.changed))
        answer.headers.append(Header("Last-Modified", httpDate(of: changed)))
        return answer.conditional(on: request)
    }

    private func text(_ string: String) -> String {
        String(decoding: (try? JSONEncoder().encode(string)) ?? Data(), as: UTF8.self)
    }

    private func json(_ value: Any) -> LoopbackAnswer {
        guard let data = try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys) else {
            return .text(500, "no JSON")
        }
        return .json(String(decoding: data, as: UTF8.self))
    }
}

/// IMF-fixdate (RFC 9110, 5.6.7).
private func httpDate(of date: Date) -> String {
    let writer = DateFormatter()
    writer.locale = Locale(identifier: "en_US_POSIX")
    writer.timeZone = TimeZone(secondsFromGMT: 0)
    writer.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return writer.string(from: date)
}
