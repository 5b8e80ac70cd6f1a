import Foundation
import MinerTestKit
import NuGetMiner
import PackageMining
import Synchronization
import Testing

@Suite("The NuGet miner")
struct NuGetConformanceTests {
    @Test("The NuGet miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { NuGetFixture() }.check(promise)
    }
}

/// A catalogue of eighteen events and eleven packages: two have several versions, of which one was deleted and one is
/// not listed, one is spelled in two ways, and two are told of at one time.
private final class NuGetFixture: RegistryFixture {
    private struct Event: Sendable {
        /// In tenths of a second.
        let place: Int
        let id: String
        let version: String
        var isDeletion = false

        /// Lacks its version.
        var isUnreadable = false

        var key: [UInt8] { Array(id.lowercased().utf8) }

        /// As texts some of these sort wrongly: every tenth has no fraction at all. The first ones lie a day back, so
        /// that an update has no reason to read them again.
        var time: String {
            let (day, second) = (place < 7 ? "2018-12-31" : "2019-01-01", 10 + place / 10)
            let clock = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            return "\(day)T\(clock.joined(separator: ":"))\(place % 10 == 0 ? "" : ".\(place % 10)")Z"
        }
    }

    private let events = Mutex<[Event]>([])
    private let pageSize = Mutex(7)

    /// Not listed, as its registration says.
    private static let unlisted = (key: Array("several".utf8), version: "3.0.0")

    init() {
        for number in 0..<8 { tell("package.\(number)") }
        for version in ["1.0.0", "2.0.0", "3.0.0"] { tell("several", version) }
        tell("Spelled", "1.0.0")
        tell("SPELLED", "1.1.0")
        for version in ["1.0.0", "2.0.0"] { tell("deleted", version) }
        events.withLock { events in
            events.append(Event(place: 100, id: "deleted", version: "2.0", isDeletion: true))
            for id in ["together.b", "together.a"] { events.append(Event(place: 101, id: id, version: "1.0.0")) }
        }
    }

    private func tell(_ id: String, _ version: String = "1.0.0") {
        events.withLock { $0.append(Event(place: $0.count, id: id, version: version)) }
    }

    func miner(at baseURL: String) -> NuGetMiner { NuGetMiner(indexURL: baseURL + "/index.json") }

    func kind(of request: LoopbackRequest) -> RequestKind {
        if request.path.hasPrefix("/flat/") { return .lookUp("nuspec") }
        return request.path.hasPrefix("/registration/") ? .lookUp("registration") : .listing
    }

    var pageSizes: [Int] { [2, 3, 5] }
    func setPageSize(_ size: Int) { pageSize.withLock { $0 = size } }

    func grow() { for id in ["new.1", "New.2", "new.3"] { add(id) } }

    /// An id has 100 characters at most.
    func add(names: [String]) -> Bool {
        for name in names where name.utf8.count <= 100 { add(name) }
        return true
    }

    private func add(_ id: String) { add { Event(place: $0, id: id, version: "1.0.0") } }

    /// Adds an event behind all that are there.
    private func add(_ event: (_ place: Int) -> Event) {
        events.withLock { $0.append(event(max(200 + $0.count, $0[$0.count - 1].place + 1))) }
    }

    /// All its versions are deleted, the one that is not listed among them.
    func remove(_ name: String) -> Bool {
        let key = Event(place: 0, id: name, version: "").key
        let told = events.withLock { $0 }.filter { $0.key == key && !$0.isDeletion }
        for event in told { add { Event(place: $0, id: name, version: event.version, isDeletion: true) } }
        return !told.isEmpty
    }

    func change(_ name: String) -> Bool {
        add { Event(place: $0, id: name, version: "9.0.\($0)") }
        return true
    }

    /// Tells each event that many times, but for the deletions: as when a package is listed anew.
    func repeatEntries(_ times: Int) -> Bool {
        let told = events.withLock { $0 }.filter { event in !isDeleted(event) }
        for _ in 1..<max(2, times) where times > 1 {
            for event in told { add { Event(place: $0, id: event.id, version: event.version) } }
        }
        return true
    }

    private func isDeleted(_ event: Event) -> Bool {
        event.isDeletion || !versions(of: event.key).contains(event.version)
    }

    func addUnreadableEntry() -> Bool {
        add { Event(place: $0, id: "unreadable", version: "", isUnreadable: true) }
        return true
    }

    /// A tenth of a second apart.
    func add(namesWithinSecond names: [String]) -> Bool {
        let first = events.withLock { ($0[$0.count - 1].place / 10 + 21) * 10 }
        for (number, name) in names.enumerated() {
            add { _ in Event(place: first + number, id: name, version: "1.0.0") }
        }
        return true
    }

    var expected: [ExpectedRow] {
        var order: [[UInt8]] = []
        var names: [[UInt8]: String] = [:]
        let told = events.withLock { $0 }.filter { !$0.isUnreadable }
        for event in told.sorted(by: { ($0.place, $0.id) < ($1.place, $1.id) }) {
            if names.updateValue(event.id, forKey: event.key) == nil { order.append(event.key) }
        }
        return order.map { key in
            let name = names[key] ?? ""
            guard let version = versions(of: key).last else { return ExpectedRow(name, outcome: .withdrawn) }
            // What a URL cannot name is not asked for.
            if name == "." || name == ".." { return ExpectedRow(name, outcome: .invalidName) }
            return ExpectedRow(name, homepage: "https://h.test/\(version)", repository: "https://r.test/\(key.count)")
        }
    }

    /// Those that are listed and were not deleted, the newest last.
    private func versions(of key: [UInt8]) -> [String] {
        let told = events.withLock { $0 }.filter { $0.key == key && !$0.isUnreadable }
        let deleted = told.filter(\.isDeletion).flatMap { [$0.version, $0.version + ".0"] }
        return told.filter { !$0.isDeletion && !deleted.contains($0.version) }.map(\.version)
            .filter { (key, $0) != NuGetFixture.unlisted }
    }
}

/// What it answers.
extension NuGetFixture {
    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let words = request.path.split(separator: "/").map { String(LoopbackRequest(target: String($0)).decodedPath) }
        let base = "http://\(request.header("Host") ?? "")"
        switch words.first {
        case "index.json": return json(services(at: base))
        case "catalogue": return catalogue(words[1], at: base)
        case "leaf": return json(["listed": true])
        case "registration": return registration(of: Array(words[1].utf8))
        case "flat": return manifest(of: Array(words[1].utf8), words[2])
        default: return .text(404, "not here")
        }
    }

    private func services(at base: String) -> [String: Any] {
        let services = [
            "Catalog/3.0.0": "/catalogue/index.json", "PackageBaseAddress/3.0.0": "/flat/",
            "RegistrationsBaseUrl/3.6.0": "/registration/",
        ]
        return ["version": "3.0.0", "resources": services.map { ["@type": $0.key, "@id": base + $0.value] }]
    }

    private func catalogue(_ name: String, at base: String) -> LoopbackAnswer {
        let events = events.withLock { $0 }
        let size = pageSize.withLock { $0 }
        let pages = stride(from: 0, to: events.count, by: size).map { $0..<min($0 + size, events.count) }
        if name == "index.json" {
            let items = pages.enumerated().reversed().map { number, page in
                ["@id": "\(base)/catalogue/\(number).json", "commitTimeStamp": events[page.upperBound - 1].time]
            }
            return document(items, events[events.count - 1].time)
        }
        guard let number = Int(name.prefix { $0 != "." }), pages.indices.contains(number) else {
            return .text(404, "not here")
        }
        let items = pages[number].reversed().map { index in
            [
                "@id": "\(base)/leaf/\(index)", "commitTimeStamp": events[index].time, "nuget:id": events[index].id,
                "@type": events[index].isDeletion ? "nuget:PackageDelete" : "nuget:PackageDetails",
                "nuget:version": events[index].version,
            ].filter { !events[index].isUnreadable || $0.key != "nuget:version" }
        }
        return document(items, events[pages[number].upperBound - 1].time)
    }

    private func document(_ items: [[String: String]], _ time: String) -> LoopbackAnswer {
        json(["commitTimeStamp": time, "count": items.count, "items": items])
    }

    private func registration(of key: [UInt8]) -> LoopbackAnswer {
        var entries = versions(of: key).map { ["catalogEntry": ["version": $0, "listed": true] as [String: Any]] }
        if entries.isEmpty { return .text(404, "not here") }
        if key == NuGetFixture.unlisted.key {
            entries.append(["catalogEntry": ["version": NuGetFixture.unlisted.version, "listed": false]])
        }
        return json(["count": 1, "items": [["@id": "page", "upper": "9.0.0", "items": entries]]])
    }

    private func manifest(of key: [UInt8], _ version: String) -> LoopbackAnswer {
        guard versions(of: key).contains(version) else { return .text(404, "not here") }
        let text = """
            <?xml version="1.0" encoding="utf-16"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
            <projectUrl>https://h.test/\(version)</projectUrl><repository url="https://r.test/\(key.count)" />
            </metadata></package>
            """
        return LoopbackAnswer(200, body: Array(text.utf8))
    }

    private func json(_ value: Any) -> LoopbackAnswer {
        guard let data = try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys) else {
            return .text(500, "no JSON")
        }
        return .json(String(decoding: data, as: UTF8.self))
    }
}
