/// Writing the canonical address, segment by segment.
extension AddressReader {
    enum Part {
        /// A forge's own names: ASCII letters, digits, `-`, `_` and `.`.
        case owner, name
        /// Any path that can stand in a URL.
        case path, pathName
        /// As ``path``, without a slash before it.
        case continued
    }

    mutating func begin(_ entry: HostIndex.Entry?, _ text: Span<UInt8>) {
        begin(host: entry?.alias ?? host)
        // The port of a clone is that of git or ssh; only a web address keeps its own.
        if entry?.alias == nil, !parts.clues.contains(.clone) || parts.clues.contains(.http) { writePort(text) }
    }

    mutating func begin(host: [UInt8]) {
        canonical.removeAll(keepingCapacity: true)
        canonical.append(contentsOf: "https://".utf8)
        let start = canonical.count
        canonical.append(contentsOf: host)
        hostRange = start..<canonical.count
        ownerStart = -1
        ownerRange = 0..<0
        nameRange = 0..<0
    }

    private mutating func writePort(_ text: Span<UInt8>) {
        let port = parts.port
        if port.isEmpty || text.equals("443", port) || text.equals("80", port) { return }
        canonical.append(ASCII.colon)
        for index in port { canonical.append(text[index]) }
        hostRange = hostRange.lowerBound..<canonical.count
    }

    mutating func append(word: [UInt8]) {
        if ownerStart < 0 { ownerStart = canonical.count + 1 }
        canonical.append(ASCII.slash)
        canonical.append(contentsOf: word)
    }

    mutating func append(
        _ text: Span<UInt8>, _ segment: Range<Int>, _ entry: HostIndex.Entry?, _ part: Part
    ) throws(NoRepository) {
        let isName = part == .name || part == .pathName
        if part != .continued { canonical.append(ASCII.slash) }
        let start = canonical.count
        if ownerStart < 0 { ownerStart = start }
        let isStrict = entry != nil && (part == .owner || part == .name)
        let end = isName ? nameEnd(text, segment, isStrict: isStrict) : segment.upperBound
        let folds = entry?.foldsCase ?? false
        for index in segment.lowerBound..<end {
            let byte = text[index]
            try check(byte, isStrict: isStrict)
            canonical.append(folds ? ASCII.lower(byte) : byte)
        }
        guard canonical.count > start else { throw .malformed }
        if isName {
            nameRange = start..<canonical.count
            ownerRange = ownerStart < start ? ownerStart..<start - 1 : start..<start
        }
    }

    /// Writes `.git` behind a name that is a page's without it.
    mutating func appendGit() {
        let end = canonical.count
        canonical.append(contentsOf: ".git".utf8)
        nameRange = nameRange.lowerBound..<end
    }

    private func check(_ byte: UInt8, isStrict: Bool) throws(NoRepository) {
        if ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == ASCII.dot || byte == UInt8(ascii: "_") { return }
        if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{") { throw .placeholder }
        if isStrict || byte <= 0x20 || byte == 0x7F { throw .malformed }
        switch byte {
        case ASCII.quote, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"),
            UInt8(ascii: "}"), UInt8(ascii: "^"), UInt8(ascii: "`"), ASCII.question, ASCII.hash, ASCII.backslash:
            throw .malformed
        default: return
        }
    }

    /// Where a name ends: before pip's `@revision` and what prose hangs on, without `.git`.
    func nameEnd(_ text: Span<UInt8>, _ segment: Range<Int>, isStrict: Bool) -> Int {
        var end = segment.upperBound
        for index in segment where isCut(text[index], isStrict: isStrict) {
            end = index
            break
        }
        while end > segment.lowerBound {
            if end - segment.lowerBound >= 4, text.matches(".git", at: end - 4) {
                end -= 4
            } else if AddressToken.closes(text[end - 1]) {
                end -= 1
            } else {
                break
            }
        }
        return end
    }

    private func isCut(_ byte: UInt8, isStrict: Bool) -> Bool {
        if byte == ASCII.at { return true }
        guard isStrict else { return false }
        return byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "&")
            || byte == ASCII.colon
    }

    /// The directory that a page of the tree shows, and the one that pip's fragment names.
    mutating func takeDirectory(_ text: Span<UInt8>, behind count: Int, _ entry: HostIndex.Entry) {
        if !parts.fragment.isEmpty { takeSubdirectory(text) }
        guard segments.count > count + 2 else { return }
        for verbs in entry.directories where segments.count > count + verbs.count + 1 {
            let fits = verbs.indices.allSatisfy { index in
                segments[count + index].count == verbs[index].count
                    && text.matches(verbs[index], at: segments[count + index].lowerBound)
            }
            guard fits else { continue }
            directory.removeAll(keepingCapacity: true)
            for segment in segments[(count + verbs.count + 1)...] {
                if !directory.isEmpty { directory.append(ASCII.slash) }
                for index in segment { directory.append(text[index]) }
            }
            return
        }
    }

    /// `#egg=x&subdirectory=y`
    private mutating func takeSubdirectory(_ text: Span<UInt8>) {
        for index in parts.fragment where text.matches("subdirectory=", at: index) {
            let start = index + 13
            guard start < parts.fragment.upperBound else { return }
            let end = text.first(of: UInt8(ascii: "&"), in: start..<parts.fragment.upperBound)
            directory = text.copy(start..<(end ?? parts.fragment.upperBound))
            return
        }
    }
}
