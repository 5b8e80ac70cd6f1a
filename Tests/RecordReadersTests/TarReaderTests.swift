import MinerHarness
import MinerTestKit
import RecordReaders
import Testing

@Suite("tar archives")
struct TarReaderTests {
    /// Each member with its bytes, and a full stop where it ended.
    private func members(
        _ bytes: [UInt8], by size: Int = 100, _ wants: @escaping @Sendable (TarMember) -> Bool = { _ in true }
    ) throws -> [String] {
        var shown: [String] = []
        for part in try TarReader(wants).records(of: bytes, by: size) {
            switch part {
            case .member(let member): shown.append("\(member.kind) \(member.name) \(member.size): ")
            case .bytes(let bytes): shown[shown.count - 1] += String(decoding: bytes, as: UTF8.self)
            case .end: shown[shown.count - 1] += "."
            }
        }
        return shown
    }

    private func archive(_ write: (inout TarWriter) -> Void) -> [UInt8] {
        var writer = TarWriter()
        write(&writer)
        writer.end()
        return writer.bytes
    }

    @Test("a file is known by its path in the archive's one folder, or in none")
    func paths() throws {
        let names = [
            "d/t.csv", "2026/d/t.csv", "./2026/d/t.csv", "./d/t.csv", "x/2026/d/t.csv", "t.csv", "2026/d/my-t.csv",
            "d/t.csv/x", "2026/D/t.csv",
        ]
        let bytes = archive { archive in
            for name in names { archive.add(name) }
            archive.add("y/d/t.csv", type: "5")
            archive.add("z/d/t.csv", type: "2", link: "d/t.csv")
        }
        #expect(try members(bytes) { $0.isFile("d/t.csv") } == names.prefix(4).map { "file \($0) 0: ." })
    }

    private static let long = String(repeating: "long/", count: 60) + "name"

    @Test("members are the same in whatever pieces the archive arrives", arguments: pieceSizes)
    func pieces(size: Int) throws {
        let content = String(repeating: "0123456789", count: 100)
        let bytes = archive {
            $0.add("folder/", type: "5")
            $0.add("folder/a", content)
            $0.add("folder/empty")
            $0.add("folder/b", String(content.prefix(512)))
            $0.add("link", type: "2", link: "folder/a")
        }
        #expect(
            try members(bytes, by: size) == [
                "directory folder/ 0: .", "file folder/a 1000: \(content).", "file folder/empty 0: .",
                "file folder/b 512: \(content.prefix(512)).", "symbolicLink link 0: .",
            ])
        #expect(try members(bytes, by: size) { $0.name == "folder/b" }.count == 1)
        #expect(try members(bytes, by: size) { _ in false } == [])
        #expect(try members(bytes + [UInt8](repeating: 0, count: 10_240), by: size).count == 5)
    }

    @Test(
        "a file of a long name is the same by a record of pax and in GNU's way",
        arguments: [TarWriter.LongNames.pax, .gnu])
    func longNames(way: TarWriter.LongNames) throws {
        let bytes = archive {
            $0.addFile(Self.long, Array("content".utf8), longNames: way)
            $0.addFile("next", [])
        }
        #expect(try members(bytes) == ["file \(Self.long) 7: content.", "file next 0: ."])
    }

    @Test("names of each format are read", arguments: pieceSizes)
    func names(size: Int) throws {
        let bytes = archive {
            $0.add("old/", magic: .none) { $0[156] = 0 }
            $0.add("name", "1", prefix: "prefix")
            $0.add("name", "2", magic: .gnu, prefix: "times")
            $0.add("././@LongLink", Self.long + "\u{0}", type: "L", magic: .gnu)
            $0.add("long/", "3", magic: .gnu)
            $0.addRecords([("path", "é\n=\(Self.long)"), ("comment", "x"), ("mtime", "-1.5")])
            $0.add("short", "4")
            $0.add("short", "5")
            $0.add("../../etc/passwd", "6")
            $0.add("/\u{0}x", "7")
        }
        #expect(
            try members(bytes, by: size) == [
                "directory old/ 0: .", "file prefix/name 1: 1.", "file name 1: 2.", "file \(Self.long) 1: 3.",
                "file é\n=\(Self.long) 1: 4.", "file short 1: 5.", "file ../../etc/passwd 1: 6.", "file / 1: 7.",
            ])
    }

    @Test("what is said of the whole archive holds where the member's own records do not say otherwise")
    func records() throws {
        let bytes = archive {
            $0.addRecords([("mtime", "7.9"), ("path", "all")], type: "g")
            $0.add("a", "1")
            $0.addRecords([("path", "own")])
            $0.add("b", "2")
            $0.addRecords([("path", ""), ("mtime", "")], type: "g")
            $0.add("c", "3", link: "x")
        }
        var found: [TarMember] = []
        for part in try TarReader({ _ in true }).records(of: bytes, by: 512) {
            if case .member(let member) = part { found.append(member) }
        }
        #expect(found.map(\.name) == ["all", "own", "c"])
        #expect(found.map(\.modified) == [7, 7, 1_000_000_000])
        #expect(found.map(\.mode) == [0o644, 0o644, 0o644])
        #expect(found.map(\.linkBytes) == [[], [], [UInt8(ascii: "x")]])
    }

    @Test("sizes beyond octal are read, and a member that nobody wants is never held")
    func large() throws {
        var reader = TarReader { $0.name == "wanted" }
        var writer = TarWriter()
        // 3 GB, in base 256.
        writer.add("huge") { $0.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0, 0, 0, 0, 0xB2, 0xD0, 0x5E, 0]) }
        reader.feed(writer.bytes)
        #expect(try reader.next() == nil)
        let piece = [UInt8](repeating: 0x78, count: 1_000_000)
        for _ in 0..<3_000 {
            reader.feed(piece)
            #expect(try reader.next() == nil)
        }
        var rest = TarWriter()
        rest.addRecords([("size", "1")])
        rest.add("wanted", "1") { $0.replaceSubrange(124..<136, with: Array("00000000000\u{0}".utf8)) }
        rest.end()
        reader.feed(rest.bytes)
        guard case .member(let member) = try reader.next() else {
            Issue.record("it was not found")
            return
        }
        #expect(member.name == "wanted" && member.size == 1)
        #expect(try [reader.next(), reader.next(), reader.finish()] == [.bytes([UInt8(ascii: "1")]), .end, nil])
    }

    @Test("an archive is cut off wherever it ends before its second block of zeros", arguments: [true, false])
    func cuts(isWanted: Bool) throws {
        let bytes = archive {
            $0.addRecords([("path", "a")])
            $0.add("x", "content")
            $0.add("b", String(repeating: "b", count: 512))
        }
        for count in 0..<bytes.count {
            let error = #expect(throws: RecordError.self) {
                try members(Array(bytes[..<count]), by: 512) { _ in isWanted }
            }
            #expect(error?.reason == "the archive is cut off", "after \(count) bytes")
        }
        #expect(try members(bytes).count == 2)
    }

    @Test("what is no whole archive of files is refused", arguments: RefusedArchive.all, [1, 100_000])
    func refusals(sample: RefusedArchive, size: Int) {
        let bytes = archive(sample.write)
        let error = #expect(throws: RecordError.self) { try members(bytes, by: size) }
        #expect(error?.reason == sample.reason)
    }

    @Test("an error says at which byte")
    func place() {
        let bytes = archive {
            $0.add("a", "content")
            $0.add("b", type: "S")
        }
        #expect(throws: RecordError(at: "byte 1024", "it is a file with holes, which is not read")) {
            try members(bytes, by: 7)
        }
    }
}
