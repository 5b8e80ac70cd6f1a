import MinerHarness
import PackageMining
import RegistryDocuments
import RegistryJSON
import Testing

@Suite(
    "Large JSON documents as registries write them",
    .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct RealJSONTests {
    private let url = "http://x.test/list"

    /// What `name` makes of each element, and what was kept.
    private func read(
        _ path: String, _ reader: @escaping @Sendable () -> JSONElements,
        _ name: @escaping @Sendable (JSONElement) throws -> String
    ) async throws -> (names: [String], kept: [String: String]) {
        let session = StubSession([url: try Places.real(path)], chunkSize: 701)
        let start: (names: [String], kept: [String: String]) = ([], [:])
        return try await Download(url, readBy: reader).reduce(into: start, through: session) { read, element in
            read.names.append(try name(element))
        } atEnd: { read, reader in
            read.kept = reader.kept.mapValues(\.json)
        }
    }

    @Test("pub.dev's names: texts in one compressed array")
    func pub() async throws {
        let read = try await read("pub/package-names.json.gz") {
            JSONElements(of: ["/packages"], keeping: ["/nextUrl"])
        } _: {
            try $0.value.get().text ?? ""
        }
        #expect(read.names.count == 35_697)
        #expect(Set(read.names).count == 35_697 && !read.names.contains(""))
        #expect((read.names.first, read.names.last) == ("Autolinker", "zzz_heelp_t"))
        #expect(read.kept == ["/nextUrl": "null"])
    }

    @Test("Homebrew's formulae: a whole document that is one array")
    func homebrew() async throws {
        let read = try await read("homebrew/formula-6.json") {
            JSONElements(of: [""])
        } _: {
            try $0.value.get().neededText("/name")
        }
        #expect(read.names == ["abook", "aerc", "aws-iam-authenticator", "gtk+", "afsctool", "adamstark-audiofile"])
    }

    @Test("conda's repodata: an object by file name beside another, in bzip2")
    func conda() async throws {
        let reader: @Sendable () -> JSONElements = {
            JSONElements(
                of: ["/packages"], optional: ["/packages.conda"], keeping: ["/info/subdir", "/repodata_version"])
        }
        let name: @Sendable (JSONElement) throws -> String = { try $0.value.get().neededText("/name") }
        let forge = try await read("conda/repodata-conda-forge-linux-64.json.bz2", reader, name)
        #expect(forge.names == ["21cmfast", "lifetimes", "lifetimes"])
        #expect(forge.kept == ["/info/subdir": "\"linux-64\"", "/repodata_version": "1"])
        let free = try await read("conda/repodata-pkgs-free-win-64.json.bz2", reader) { $0.key ?? "" }
        #expect(free.names.count == 18 && free.names.first == "mathjax-2.2-0.tar.bz2")
    }

    @Test("PyPI's index and npm's names, with the serial and the count beside them")
    func pypiAndNPM() async throws {
        let pypi = try await read("pypi/simple/index.json") {
            JSONElements(of: ["/projects"], keeping: ["/meta/_last-serial"])
        } _: {
            try $0.value.get().neededText("/name")
        }
        #expect(
            pypi.names == ["0", "0-._.-._.-._.-._.-._.-._.-0", "0-core-client", "0-orchestrator", "0.0.1", "0.618"])
        #expect(pypi.kept == ["/meta/_last-serial": "24888689"])
        let npm = try await read("npm/_all_docs-first-rows-2025-09.json") {
            JSONElements(of: ["/rows"], keeping: ["/total_rows"])
        } _: {
            try $0.value.get().neededText("/id")
        }
        #expect(npm.names.count == 3 && npm.names.first == "-")
        #expect(npm.kept == ["/total_rows": "3628088"])
    }

    @Test("a document of another registry is malformed, and asked for again")
    func another() async throws {
        let error = try await #require(throws: WireError.self) {
            _ = try await read("pypi/simple/index.json") {
                JSONElements(of: ["/rows"])
            } _: {
                $0.place
            }
        }
        #expect(error.category == .malformed && error.isWorthRetrying)
        #expect(error.reason == "the file cannot be read: '/rows': the document has no such array or object")
    }
}
