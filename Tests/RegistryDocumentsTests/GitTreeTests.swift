import MinerTestKit
import RecordReaders
import RegistryDocuments
import Testing

@Suite("The git tree of an archive's files")
struct GitTreeTests {
    private func tree(of archive: TarWriter) throws -> String {
        var archive = archive
        archive.end()
        let reader = TarRecords {
            [.file, .symbolicLink].contains($0.kind)
        } readBy: {
            WholeMember($0, limit: 1_000)
        }
        var tree = GitTree()
        for file in try TarRecords.records(of: archive.bytes, by: reader) {
            try tree.add(file, at: file.member.nameBytes.split(separator: UInt8(ascii: "/")))
        }
        return try tree.name
    }

    @Test("It is what git 2.39 calls them: programs, links, and a folder beside a file of which it is the beginning")
    func name() throws {
        var archive = TarWriter()
        archive.add("run", Array("#!/bin/sh\n".utf8)) { $0.replaceSubrange(100..<107, with: "0000755".utf8) }
        archive.add("link", [], type: "2", link: "run")
        archive.addFile("a/z", Array("y\n".utf8))
        archive.addFile("a.b", Array("x\n".utf8))
        #expect(try tree(of: archive) == "2f3de7124bc70fa72b7a3e27af9c41e1e9753182")
    }

    @Test("Without any file it is git's empty tree")
    func empty() throws {
        #expect(try tree(of: TarWriter()) == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    }

    @Test("A path deeper than any registry's is refused")
    func deep() throws {
        var archive = TarWriter()
        archive.addFile((1...65).map { _ in "a" }.joined(separator: "/"), [])
        #expect(throws: RecordError.self) { try tree(of: archive) }
    }
}
