import ChecksumDatabase
import Foundation
import MachineTools
import MinerTestKit
import TestDatabase
import Testing

@Suite("The tree")
struct TreeTests {
    private static let sizes = [1, 255, 256, 257, 65_536, 65_537]
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fixtures/go/checksum-database")

    private func hash(_ bytes: [UInt8]) throws -> TreeHash { try #require(TreeHash(bytes)) }

    @Test("The tree has the root that x/mod's packages have signed", arguments: sizes)
    func hasRecordedRoot(size: Int) throws {
        let recorded = try String(contentsOf: Self.fixtures.appending(path: "heads/\(size)"), encoding: .utf8)
        let note = try SignedNote(Array(recorded.utf8))
        try note.hold(to: VerifierKey(SigningKey.testVerifier))
        let records = TestDatabase.records(0..<size)
        let hasher = try TreeHasher()
        let leaves = records.map { text in Array(text.utf8).withUnsafeBytes { hasher.leaf($0) } }
        #expect(try TreeHead(text: note.text) == TreeHead(size: size, root: try #require(hasher.root(of: leaves))))
        // Signatures of Ed25519 follow from key and text.
        #expect(TestDatabase(records).head() == recorded)
    }

    @Test("The tree has the root that RFC 6962 defines, at every size up to 300, from records and from larger parts")
    func hasDefinedRoot() throws {
        let tree = SlowTree(TestDatabase.records(0..<300))
        let hasher = try TreeHasher()
        for size in 1...300 {
            let root = try hash(tree.root(0..<size))
            #expect(hasher.root(of: try (0..<size).map { try hash(tree.leaf($0)) }) == root)
            let parts = try stride(from: 0, to: size, by: 16).map { try hash(tree.root($0..<min($0 + 16, size))) }
            #expect(hasher.root(of: parts) == root)
        }
    }

    @Test(
        "The tree is cut into groups and tiles that tell its root",
        arguments: [1, 256, 257, 65_536, 65_537, 66_049, 131_072])
    func isCut(size: Int) throws {
        let shape = TreeShape(size: size)
        #expect(shape.groups == Int((Double(size) / 65_536).rounded(.up)))
        #expect((0..<shape.groups).reduce(0) { $0 + shape.records(inGroup: $1) } == size)
        let tiles = (0..<shape.groups).reduce(0) { $0 + shape.tiles(inGroup: $1) }
        #expect((0..<tiles).reduce(0) { $0 + shape.dataTile($1).count } == size)
        #expect(shape.dataTile(tiles - 1).count == (size - 1) % 256 + 1)
    }

    @Test(
        "The tree is, tile by tile, the one that x/mod's packages make",
        .enabled(if: XModJudge.isHere, "needs Go and golang.org/x/mod, as Debian's golang-golang-x-mod-dev has it"),
        arguments: [1, 257, 66_000])
    func isThatOfXMod(size: Int) async throws {
        let judge = XModJudge(source: Self.fixtures.appending(path: "judge"))
        let database = TestDatabase(records: size)
        let files = try await judge.files(of: TestDatabase.records(0..<size))
        #expect(files.count > 2)
        for (path, body) in files { #expect(Array(body) == database.answer(to: path).body, "\(path)") }
    }
}

/// golang.org/x/mod's own packages, where Debian's golang-go and golang-golang-x-mod-dev are installed.
private struct XModJudge {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-judge-\(UUID().uuidString)")
    private let source: URL
    private static let packages = "/usr/share/gocode"

    static var isHere: Bool {
        FileManager.default.fileExists(atPath: "\(packages)/src/golang.org/x/mod/sumdb/tlog")
            && Tool.machine("go") != nil
    }

    init(source: URL) {
        self.source = source
    }

    func files(of records: [String]) async throws -> [String: Data] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "records")
        try Data(records.map { $0 + "\n" }.joined().utf8).write(to: input)
        let script = "exec go run \"$0\" \"$1\" \"$2\" \"$3\" < \"$4\""
        let outcome = try await Tool(executable: URL(filePath: "/bin/sh")).run(
            [
                "-c", script, source.appending(path: "main.go").path, SigningKey.test.text, "\(records.count)",
                folder.appending(path: "tree").path, input.path,
            ],
            environment: [
                "GO111MODULE": "off", "GOPATH": Self.packages, "GOFLAGS": "",
                "GOCACHE": folder.appending(path: "cache").path, "HOME": folder.path, "TMPDIR": folder.path,
            ])
        try #require(outcome.status == 0, "\(outcome.errors)")
        let tree = folder.appending(path: "tree")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: tree.path)
        return try Dictionary(
            uniqueKeysWithValues: paths.compactMap { path in
                var isFolder: ObjCBool = false
                let file = tree.appending(path: path)
                _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
                return isFolder.boolValue ? nil : (path, try Data(contentsOf: file))
            })
    }
}
