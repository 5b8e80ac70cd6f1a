import ChecksumDatabase

/// What a checksum database sends, held against slow twins, and against what was signed.
extension FuzzProperty {
    private static let key = "sum.test+c7fe060c+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm"
    private static let text = "go.sum database tree\n257\nmySXS1YESALLGb4OOFACncZdg7c3CQWs22I85boc0AE=\n"
    private static let signature =
        "\u{2014} sum.test x/4GDMd4ZfSR7mV2JKixm+8RtORLtJV1kBwdChWwaSgKr3h9x6xjxmrh2geF5TDVk0JTa7kvWYmFu0r9BpUCKrj3kgA=\n"

    /// Whatever was changed, what is taken for signed is what was signed.
    static let signedNote = FuzzProperty(
        "signed-note", seeds: [text + "\n" + signature, text + "\n\u{2014} other.test AAAAAWFi\n" + signature]
    ) { bytes in
        guard let note = try? SignedNote(bytes) else { return nil }
        guard bytes.starts(with: Array(note.text.utf8)), note.text.hasSuffix("\n") else {
            return "the text is not the note's"
        }
        guard let key = try? VerifierKey(key) else { return "the key is none" }
        guard (try? note.hold(to: key)) != nil else { return nil }
        return note.text == text ? nil : "another text is taken for signed: \(note.text)"
    }

    static let treeHead = FuzzProperty("tree-head", seeds: [text, text + "more\n"]) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let head = try? TreeHead(text: text) else { return nil }
        let again = "go.sum database tree\n\(head.size)\n\(head.root.base64)\n"
        return text.utf8.starts(with: again.utf8) ? nil : "\(head) is not what it says"
    }

    static let dataTile = FuzzProperty(
        "data-tile",
        seeds: [
            "0\na.test/B v1.0.0 h1:x\na.test/B v1.0.0/go.mod h1:y\n\n1\nc v2/go.mod h1:x z\n\n",
            "0\né v1 h\n\n1\né v1 h\n\n2\nx\n",
        ]
    ) { bytes in
        let slow = slowLines(ofRecords: 2, bytes)
        let fast = try? lines(ofRecords: 2, bytes)
        return slow == fast ? nil : "\(fast ?? []) for \(slow ?? [])"
    }

    private static func lines(ofRecords count: Int, _ bytes: [UInt8]) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        try bytes.withUnsafeBytes { bytes in
            let hashes = try DataTile.read(bytes, from: 0, count: count, by: TreeHasher()) { record, line in
                lines.append(Array("\(record) ".utf8) + line.path + [32] + line.version)
            }
            if hashes.count != count { lines = [] }
        }
        return lines
    }

    private static func slowLines(ofRecords count: Int, _ bytes: [UInt8]) -> [[UInt8]]? {
        guard let text = String(validating: bytes, as: UTF8.self),
            !text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" })
        else { return nil }
        var rest = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Array.init).dropLast()
        var lines: [[UInt8]] = []
        for record in 0..<count {
            guard let number = rest.popFirst(), number == Array("\(record)".utf8) else { return nil }
            var isEmpty = true
            while true {
                guard let line = rest.popFirst() else { return nil }
                if line.isEmpty { break }
                isEmpty = false
                let words = line.split(separator: 32, maxSplits: 2, omittingEmptySubsequences: false)
                guard words.count == 3, words.allSatisfy({ !$0.isEmpty }) else { return nil }
                let mod = Array("/go.mod".utf8)
                let isMod = words[1].count > mod.count && words[1].suffix(mod.count).elementsEqual(mod)
                lines.append(
                    Array("\(record) ".utf8) + words[0] + [32] + (isMod ? words[1].dropLast(mod.count) : words[1]))
            }
            if isEmpty { return nil }
        }
        return lines
    }
}
