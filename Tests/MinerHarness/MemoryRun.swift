import Foundation
public import PackageMining

/// Runs a miner as the framework does, in memory: spans, pages, newest releases, look-ups. One after another.
public actor MemoryRun<Miner: EcosystemMiner> {
    /// A package as the list would have it.
    public struct Row: Hashable, Sendable, CustomStringConvertible {
        public let name: String
        public let version: String
        public let homepage: String?
        public let repository: String?
        public let outcome: Outcome

        public var description: String {
            "\(name) \(version) \(homepage ?? "nan") \(repository ?? "nan") (\(outcome.rawValue))"
        }
    }

    private let miner: Miner
    private var releases: [[UInt8]: [Release]] = [:]
    /// What an unfinished snapshot has told.
    private var snapshot: [[UInt8]: [Release]]?
    private var spellings: [[UInt8]: String] = [:]
    private var walked: [Data] = []
    private var unfinished: [Data] = []
    private let mayFork: Bool

    public private(set) var problems: [Problem] = []
    public private(set) var pages = 0

    public init(_ miner: Miner, mayFork: Bool = true) {
        self.miner = miner
        self.mayFork = mayFork
    }

    /// Lists what is new. After an error, called again, it goes on where the last page was kept.
    public func list(through session: any RegistrySession, stopAfter limit: Int = .max) async throws {
        if unfinished.isEmpty {
            let cursors = try walked.map { try JSONDecoder().decode(Miner.Cursor.self, from: $0) }
            unfinished = try miner.spans(of: RunFacts(began: Date(timeIntervalSince1970: 2e9)), after: cursors)
                .map { try JSONEncoder().encode($0) }
        }
        while let first = unfinished.first {
            let cursor = try JSONDecoder().decode(Miner.Cursor.self, from: first)
            let sink = PageSink<Miner.Cursor>(mayFork: mayFork) {
                await self.beginSnapshot()
            } store: { page, next, forks in
                try await self.keep(page, next, forks, limit)
            }
            try await miner.list(from: cursor, through: session, into: sink)
            walked.append(unfinished.removeFirst())
        }
        if let snapshot { releases = snapshot }
        snapshot = nil
    }

    private func beginSnapshot() { snapshot = [:] }

    private func keep(_ page: Page, _ next: Miner.Cursor, _ forks: [Miner.Cursor], _ limit: Int) throws {
        guard pages < limit else { throw Stopped() }
        pages += 1
        page.withEntries { $0.forEach { take($0) } }
        problems += page.problems
        unfinished[0] = try JSONEncoder().encode(next)
        unfinished += try forks.map { try JSONEncoder().encode($0) }
    }

    private func take(_ entry: Page.Bytes) {
        let key = Array(entry.key)
        spellings[key] = String(decoding: entry.name, as: UTF8.self)
        let release = Release(
            version: String(decoding: entry.version, as: UTF8.self), place: entry.place,
            homepage: text(entry.homepage), repository: text(entry.repository),
            isWithdrawn: entry.word.contains(.isWithdrawn))
        releases[key, default: []].append(release)
        snapshot?[key, default: []].append(release)
    }

    /// The names with live releases, in no order, each with its newest version.
    public var newest: [(name: String, release: Release)] {
        spellings.compactMap { key, name in
            let told = (releases[key] ?? []).sorted { $0.place < $1.place }
            var last: [String: Release] = [:]
            for release in told { last[release.version] = release }
            let live = last.values.filter { !$0.isWithdrawn }.sorted { ($0.place, $0.version) < ($1.place, $1.version) }
            guard let first = live.first else { return nil }
            return (
                name, live.dropFirst().reduce(first) { miner.isVersion($0.version, newerThan: $1.version) ? $0 : $1 }
            )
        }
    }

    /// Looks every package up, in the order of their names.
    public func rows(through session: any RegistrySession) async throws -> [Row] {
        var rows: [Row] = []
        for (index, entry) in newest.sorted(by: { $0.name < $1.name }).enumerated() {
            let package = Package(id: PackageID(rawValue: index + 1), name: entry.name, newest: entry.release)
            let found = try await miner.resolve(package, through: session)
            rows.append(
                Row(
                    name: entry.name, version: entry.release.version, homepage: found.homepage,
                    repository: found.repository, outcome: found.outcome))
        }
        return rows
    }
}

/// The run was stopped, as by kill -9.
public struct Stopped: Error {}

private func text(_ bytes: UnsafeRawBufferPointer) -> String? {
    bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
}
