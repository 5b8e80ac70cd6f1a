import RecordReaders

/// A tar archive, read with all of it in memory.
struct SlowTar {
    struct Member: Equatable {
        var name: [UInt8]
        var kind: TarMember.Kind
        var size: Int64
        var modified: Int64
        var link: [UInt8]
        var content: [UInt8] = []
        var isEnded = false
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What the reader's parts amount to.
    static func members(_ parts: [TarPart]) -> [Member] {
        var members: [Member] = []
        for part in parts {
            switch part {
            case .member(let member):
                members.append(
                    Member(
                        name: member.nameBytes, kind: member.kind, size: member.size, modified: member.modified,
                        link: member.linkBytes))
            case .bytes(let bytes): members[members.count - 1].content += bytes
            case .end: members[members.count - 1].isEnded = true
            }
        }
        return members
    }

    /// The members whose names are wanted; nil where the archive is refused.
    func members(_ wants: (String) -> Bool) -> [Member]? {
        var members: [Member] = []
        var ofArchive: [String: [UInt8]] = [:]
        var ofMember: [String: [UInt8]] = [:]
        var at = 0
        while at + 512 <= bytes.count {
            let block = Array(bytes[at..<at + 512])
            at += 512
            if block == Self.zeros {
                guard ofMember.isEmpty, at + 512 <= bytes.count else { return nil }
                return bytes[at...].allSatisfy { $0 == 0 } ? members : nil
            }
            guard Self.octal(block[148..<156]) == Self.sum(block), let told = Self.number(block[124..<136]),
                let time = Self.number(block[136..<148]), Self.number(block[100..<108]) != nil,
                (0...(1 << 60)).contains(told)
            else { return nil }
            let type = Character(UnicodeScalar(block[156]))
            if "xXgLK".contains(type) {
                guard told <= 1 << 20, let end = end(of: told, at), at + Int(told) <= bytes.count else { return nil }
                let text = Array(bytes[at..<at + Int(told)])
                at = end
                // A note that a header was there, though it may say nothing.
                if type != "g" { ofMember["", default: []] = [] }
                switch type {
                case "L": ofMember["path"] = Self.text(text)
                case "K": ofMember["linkpath"] = Self.text(text)
                case "g": guard Self.take(text, into: &ofArchive) else { return nil }
                default: guard Self.take(text, into: &ofMember) else { return nil }
                }
                continue
            }
            let said = ofMember.merging(ofArchive) { own, _ in own }
            ofMember = [:]
            if "SM".contains(type) || said["GNU.sparse."] != nil { return nil }
            let member = Self.member(block, type, said, told, time)
            if member.kind == .hardLink && (Self.decimal(said["size"]) ?? told) > 0 { return nil }
            guard let end = end(of: member.size, at) else { return nil }
            guard wants(String(decoding: member.name, as: UTF8.self)) else {
                at = end
                continue
            }
            guard at + Int(member.size) <= bytes.count else { return nil }
            members.append(member)
            members[members.count - 1].content = Array(bytes[at..<at + Int(member.size)])
            members[members.count - 1].isEnded = true
            at = end
        }
        return nil
    }

    private static func member(
        _ block: [UInt8], _ type: Character, _ said: [String: [UInt8]], _ told: Int64, _ time: Int64
    ) -> Member {
        var name = text(Array(block[0..<100]))
        let prefix = text(Array(block[345..<500]))
        if Array(block[257..<263]) == Array("ustar\0".utf8), !prefix.isEmpty { name = prefix + Array("/".utf8) + name }
        name = said["path"] ?? name
        let kinds: [Character: TarMember.Kind] = [
            "\0": name.last == UInt8(ascii: "/") ? .directory : .file, "0": .file, "7": .file, "1": .hardLink,
            "2": .symbolicLink, "5": .directory,
        ]
        let size = decimal(said["size"]) ?? told
        let modified = said["mtime"].flatMap { decimal(Array($0.prefix { $0 != UInt8(ascii: ".") })) }
        let isEmpty = "123456".contains(type) || (type == "\0" && kinds[type] == .directory)
        return Member(
            name: name, kind: kinds[type] ?? .other, size: isEmpty ? 0 : size, modified: modified ?? time,
            link: said["linkpath"] ?? text(Array(block[157..<257])))
    }

    private func end(of size: Int64, _ at: Int) -> Int? {
        let end = (at + Int(size) + 511) / 512 * 512
        return size > Int64(bytes.count) || end > bytes.count ? nil : end
    }

    private static func take(_ text: [UInt8], into said: inout [String: [UInt8]]) -> Bool {
        var rest = text[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20), space - rest.startIndex < 10,
                rest[..<space].allSatisfy({ (0x30...0x39).contains($0) }), let length = decimal(Array(rest[..<space])),
                length <= rest.count, space < rest.startIndex + Int(length) - 1
            else { return false }
            let record = rest[(space + 1)..<(rest.startIndex + Int(length))]
            rest = rest.dropFirst(Int(length))
            guard record.last == 0x0A, let equals = record.firstIndex(of: 0x3D) else { return false }
            let key = String(decoding: record[..<equals], as: UTF8.self)
            let value = Array(record[(equals + 1)...].dropLast())
            if key.hasPrefix("GNU.sparse.") { said["GNU.sparse."] = [] }
            guard ["path", "linkpath", "size", "mtime"].contains(key) else { continue }
            said[key] = value.isEmpty ? nil : value
            if value.isEmpty { continue }
            if key == "size", !(0...(1 << 60)).contains(decimal(value) ?? -1) { return false }
            if key == "mtime", decimal(Array(value.prefix { $0 != UInt8(ascii: ".") })) == nil { return false }
        }
        return true
    }

    private static let zeros = [UInt8](repeating: 0, count: 512)

    private static func text(_ field: [UInt8]) -> [UInt8] {
        Array(field.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)[0])
    }

    private static func decimal(_ text: [UInt8]?) -> Int64? {
        text.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
    }

    private static func sum(_ block: [UInt8]) -> Int64 {
        (block[..<148] + block[156...]).reduce(256) { $0 + Int64($1) }
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
        let text = String(decoding: field, as: UTF8.self)
        guard let digits = text.wholeMatch(of: #/ *([0-7]*)[ \0]*/#)?.output.1 else { return nil }
        return digits.isEmpty ? 0 : Int64(digits, radix: 8)
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        guard let first = field.first, first >= 0x80 else { return octal(field) }
        var number = Double(first & 0x7F) - (first & 0x40 == 0 ? 0 : 128)
        for byte in field.dropFirst() { number = number * 256 + Double(byte) }
        guard abs(number) < 0x1p61 else { return nil }
        return field.dropFirst().reduce(Int64(first & 0x3F) - Int64(first & 0x40)) { $0 &* 256 &+ Int64($1) }
    }

    /// With all checksums right.
    static func signed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for start in stride(from: 0, through: bytes.count - 512, by: 512) {
            let block = Array(bytes[start..<start + 512])
            if block == zeros { continue }
            let digits = String(sum(block), radix: 8)
            let field = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
            bytes.replaceSubrange(start + 148..<start + 156, with: field.utf8)
        }
        return bytes
    }

    static let seeds: [[UInt8]] = [
        block("a", "content") + block("bb/", type: "5") + zeros + zeros,
        block("p", "14 path=é/name\n12 mtime=7.5\n", type: "x") + block("short", "x") + zeros + zeros + zeros,
        block("././@LongLink", "long name\0", type: "L") + block("cc", type: "2") + zeros + zeros,
        block("g", "15 comment=abc\n", type: "g") + block("d", "0123456789") + zeros + zeros,
    ].map(signed)

    private static func block(_ name: String, _ content: String = "", type: String = "0") -> [UInt8] {
        var block = zeros
        let size = String(content.utf8.count, radix: 8)
        for (place, text) in [(0, name), (100, "0644"), (124, size), (136, "7"), (156, type), (257, "ustar\u{0}00")] {
            for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
        }
        let padding = (512 - content.utf8.count % 512) % 512
        return block + Array(content.utf8) + Array(repeating: 0, count: padding)
    }
}
