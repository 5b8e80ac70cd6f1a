public import Foundation
public import PackageMining

/// A miner of a registry that publishes its whole list anew: as one file, as several that belong together, or as an
/// index that names them.
///
/// Its plug-in says what to fetch and how a record becomes a release:
///
/// ```swift
/// public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
///     let file = Download(url) { CSVReader(columns: ["name", "homepage"]) }
///     return try await source.read(file, into: SnapshotPackages()) { packages, row in
///         packages.add(name: row["name"] ?? "", Release(version: "", homepage: row["homepage"]))
///     }
/// }
/// ```
///
/// What is done for it:
/// - A list that is as it was, by the validators or the checksums of its files, is not read again; one that the registry
///   made before the last one is an old copy and an error, never a list.
/// - The packages are held until all files have proven to be whole, and are then handed over as a snapshot: what it does
///   not tell is withdrawn, unless it shrinks as no registry shrinks.
///
/// They could be handed over as they are read instead, and take no memory. Three things speak for holding them, in some
/// 20 bytes each beside their texts: of a file that turns out cut, forged or old nothing has reached the store, be it a
/// name that never was; several records make one package in most registries; and the pages come in the order of their
/// places, so that a trial of the first packages (`--limit`) has those that a whole run has first. A list too long for
/// that is walked by ``Download/pages(of:from:through:begin:append:push:)``.
public protocol SnapshotMiner: EcosystemMiner where Cursor == SnapshotCursor {
    /// Reads all packages that the registry has now, out of the files that `source` asks for.
    ///
    /// What the source throws is to be let pass: that nothing has changed is told so. Called again where a file is gone
    /// that an index has named, since the registry has then published another index.
    func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages

    /// Says of a package that the list tells no longer whether the registry only withholds it for a while: it stays in the
    /// list then, as it was. See ``PackageMining/PageSink/keepUntold(where:)``.
    ///
    /// Nil, by default, where the list is the last word.
    var isWithheld: (@Sendable (_ package: Package, _ session: any RegistrySession) async throws -> Bool)? { get }
}

extension SnapshotMiner {
    public var isWithheld: (@Sendable (_ package: Package, _ session: any RegistrySession) async throws -> Bool)? {
        nil
    }

    public func spans(of run: RunFacts, after walked: [SnapshotCursor]) -> [SnapshotCursor] {
        [walked.last ?? SnapshotCursor()]
    }

    public func registryTime(ofListBehind walked: [SnapshotCursor]) -> Date? { walked.compactMap(\.time).max() }

    /// Until the last page is stored the cursor knows of no file, so that a run that goes on behind one that was stopped
    /// in between reads the list whole, whatever it is by then.
    public func list(
        from cursor: SnapshotCursor, through session: any RegistrySession, into sink: PageSink<SnapshotCursor>
    ) async throws {
        var packages = SnapshotPackages()
        let cursor = sink.acceptsShrinking ? cursor.withoutParts : cursor
        var source = SnapshotSource(session, known: cursor, at: sink.now())
        guard let taken = try await read(into: &packages, from: &source) else {
            // No snapshot: what is told beside an unchanged list comes to what is known of it.
            if source.problems.isEmpty, source.confirmed == cursor { return }
            return try await sink.push(Page(noting: source.problems), next: source.confirmed)
        }
        for problem in source.problems { packages.note(problem) }
        let unread = cursor.withoutFiles
        let isWithheld = source.lacksParts ? { @Sendable _, _ in true } : self.isWithheld
        // Told outside the snapshot as well: of one that has shrunk nothing is left.
        if source.lacksParts { try await sink.push(Page(noting: source.problems), next: unread) }
        try await sink.beginSnapshot(at: unread)
        try await packages.handOver(inPagesOf: snapshotPageSize) { page, isLast in
            try await sink.push(page, next: isLast && isWithheld == nil ? taken : unread)
        }
        guard let isWithheld else { return }
        try await sink.keepUntold { try await isWithheld($0, session) }
        try await sink.push(Page(), next: taken)
    }

    /// - Returns: what was taken; nil where the list is as it was.
    private func read(
        into packages: inout SnapshotPackages, from source: inout SnapshotSource
    ) async throws -> SnapshotCursor? {
        do {
            packages = try await packagesIfIndexed(from: &source)
            var taken = source.taken
            taken.time = taken.time ?? source.known.time
            taken.serial = taken.serial ?? source.known.serial
            return taken
        } catch is UnchangedSnapshot {
            return nil
        }
    }

    private func packagesIfIndexed(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        do {
            return try await packages(from: &source)
        } catch let error as WireError where error.category == .absent && source.hasIndex {
            source.beginAnew(without: error)
            return try await packages(from: &source)
        }
    }
}

/// Packages in a page.
private let snapshotPageSize = 5_000

extension Page {
    fileprivate init(noting problems: [Problem]) {
        self.init()
        for problem in problems { note(problem) }
    }
}
