public import Foundation
public import PackageMining

/// A registry that is a folder: a fixture is data, and its test is three lines.
///
/// ```swift
/// @Test("The example miner keeps every promise", arguments: ConformancePromise.allCases)
/// func conforms(to promise: ConformancePromise) async throws {
///     try await Conformance { try FolderFixture("fixtures/crumb") { CrumbMiner(url: $0) } }.check(promise)
/// }
/// ```
///
/// | In the folder | What it is |
/// |---|---|
/// | `listing/…` | answers to requests for the list, each in a file whose path is that of the request, with its query: `listing/packages?page=1` |
/// | `look-up/…` | answers to requests for one package; `look-up-NAME/…` where a package takes requests of several kinds |
/// | `FILE.head` | the status of that answer, where it is not 200, and header fields, a line each. With a `Content-Type` it is of that type, with an `ETag` or `Last-Modified` the answer is conditional, with `Accept-Ranges: bytes` it is served by ranges |
/// | `expected.csv` | what the list must say, in its order: `Name`, `Homepage`, `Repository` and, where it does not follow from these, `Outcome`; or a list as it was published |
/// | `packages.csv` | what the registry tells of, a row for a package or for each of its versions; see below |
/// | `later/` | the same again: what is new or other when the registry has grown |
/// | `shrunk/` | answers of a list that has lost what none loses; not needed where there is a `packages.csv` |
///
/// A file whose name ends in `.gz` or `.tgz` is packed when it is served, where it is not packed already, and a folder
/// `….tar`, `….tar.gz` or `….tgz` is served as an archive of what lies in it, which is packed by its name as well. A file `{index}` is the answer for its
/// folder's own path. All else in the folder is for people.
///
/// ## Rows and templates
///
/// Recorded answers alone are attacked with faults, kills and cancellation. With a `packages.csv` the answers are
/// templates that are filled from it, so that the fixture can grow, take hostile names, and have pages of any size:
///
/// ```
/// packages.csv                        name,homepage,repository
///                                     crumb-1,https://crumbs.test/1,https://git.test/1
///                                     *,https://crumbs.test/{number},https://git.test/{number}
/// listing/packages?after={after:number}
///                                     [{each,}{"id":{number},"name":{name:json}}{/each}]
/// look-up/packages/{name}             {"homepage":{homepage:json},"repository":{repository:json}}
/// ```
///
/// The columns `name`, `homepage` and `repository` are what the list must say, unless an `expected.csv` says it; the
/// last row of a package has its links. All other columns are the registry's own. Three rows are samples, each of which
/// adds attacks: that of the name `*` is how a package is told whose name the suite chooses, that of `**` how one is told
/// that has changed, that of `!` an entry without a name. `later/packages.csv` has the rows that are told behind the
/// others when the registry has grown; without it three packages of the first sample are added.
///
/// | In a template | What it becomes |
/// |---|---|
/// | `{column}`, `{number}` | the row's value, the row's place from 1; in a document, those of the package's last row |
/// | `{column:json}` | written as JSON (`null` where it is empty), and so `xml`, `csv`, `copy`, `url`, and `lower`; `{number:time}` is a time, the later the larger the number |
/// | `{each}…{/each}` | once for each row of the page, or of the package; `{each,}` puts commas between |
/// | `{pages}…{/pages}` | once for each page of the list: `{page}` or `{page0}` is its number, columns are its last row's |
/// | `{more}…{/more}` | only where the page is not the last; `{next}` asks for the next one |
/// | `{count}`, `{base}` | the rows that are told in all, `{count:once}` without those told again; `http://127.0.0.1:PORT` |
/// | `{sha256:LABEL}`, `{size:LABEL}` | the checksum and the bytes of the answer that has the former in its own name |
/// | `{digest}` | in a `.head`: the checksum of the body |
///
/// | In the name of a file | What it answers |
/// |---|---|
/// | `{column}` | a request for each package, or for each row |
/// | `{page}`, `{page0}`, `{skip}` | pages by their number, from 1 or from 0, or by how many rows come before |
/// | `{after:COLUMN}`, `{from:COLUMN}` | pages that begin behind a value or at it, in the order of that column |
/// | `{limit}` | the most rows that are wanted |
///
/// A query is answered if it has no other fields than the name. Those that ask for a page may be missing. With `{from:…}`
/// and `{page}` both, pages are numbered from the value on.
public final class FolderFixture<Miner: EcosystemMiner>: RegistryFixture {
    let registry: FolderRegistry
    let accepts: @Sendable (String) -> Bool
    let isOrderedByName: Bool
    let isUnicode: Bool
    public let isListedWhole: Bool
    private let makeMiner: @Sendable (String) throws -> Miner

    /// - Parameters:
    ///   - path: the folder, from the package's own one.
    ///   - isOrderedByName: whether the registry tells no places, so that the packages of one listing are numbered in the
    ///     order of their names.
    ///   - isUnicode: whether its answers cannot hold names that are no UTF-8.
    ///   - isListedWhole: whether an update reads the whole list again, so that it tells what has gone. By default where
    ///     the list has no pages; recorded answers are taken for one that has none.
    ///   - accepts: whether the registry can have a package of that name.
    ///   - makeMiner: a miner of the registry at `http://127.0.0.1:PORT`, as a new process would make it.
    public convenience init(
        _ path: String, isOrderedByName: Bool = false, isUnicode: Bool = false, isListedWhole: Bool? = nil,
        accepting accepts: @escaping @Sendable (String) -> Bool = { _ in true },
        from file: String = #filePath, makeMiner: @escaping @Sendable (String) throws -> Miner
    ) throws {
        try self.init(
            at: packageFolder(of: file).appending(path: path), isOrderedByName: isOrderedByName, isUnicode: isUnicode,
            isListedWhole: isListedWhole, accepting: accepts, makeMiner: makeMiner)
    }

    /// The same of a folder anywhere.
    public init(
        at url: URL, isOrderedByName: Bool = false, isUnicode: Bool = false, isListedWhole: Bool? = nil,
        accepting accepts: @escaping @Sendable (String) -> Bool = { _ in true },
        makeMiner: @escaping @Sendable (String) throws -> Miner
    ) throws {
        registry = try FolderRegistry(at: url)
        self.accepts = accepts
        self.isOrderedByName = isOrderedByName
        self.isUnicode = isUnicode
        self.isListedWhole = isListedWhole ?? !registry.folder.hasPages
        self.makeMiner = makeMiner
    }

    public func miner(at baseURL: String) throws -> Miner { try makeMiner(baseURL) }

    public func answer(to request: LoopbackRequest) -> LoopbackAnswer { registry.answer(to: request) }

    public func kind(of request: LoopbackRequest) -> RequestKind { registry.kind(of: request) }
}

/// The folder of the package that a source file is of.
private func packageFolder(of file: String) -> URL {
    var folder = URL(filePath: file).deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
        folder.deleteLastPathComponent()
    }
    return folder
}
