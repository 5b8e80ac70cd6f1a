import PackageMining
import RepositoryAddresses

/// Adds to the rows of a piece what their addresses name.
package struct AddressRows {
    package private(set) var output: [UInt8]
    private let reader: AddressReader
    private let inferring: Bool
    private var shorthand = ShorthandRule.undefined
    private var platform: [UInt8] = []

    /// - Parameter head: what stands before the rows.
    package init(inferring: Bool, head: [UInt8] = []) {
        output = head
        self.inferring = inferring
        reader = AddressReader(inferring: inferring)
    }

    /// Adds the rows of a piece. Those in front of a fault are added before it is thrown.
    package mutating func add(_ piece: AddressPiece) throws(RowFault) {
        output.reserveCapacity(output.count + piece.bytes.count * 2)
        let text = piece.bytes.span
        let foreign = Self.firstForeignByte(text)
        switch piece.columns {
        case .lines: try addLines(text, before: foreign)
        case .table(let width, let address, let platform):
            var rows = RowCursor(width: width)
            while try rows.advance(text) {
                try refuse(foreign, in: rows.start..<rows.next)
                if let platform { rows.value(platform, of: text) { enter($0) } }
                copy(rows.start..<endOfText(text, rows.start..<rows.next), of: text)
                rows.value(address, of: text) { identify($0) }
                output.append(CSV.newline)
            }
        }
    }

    private mutating func addLines(_ text: Span<UInt8>, before foreign: Int?) throws(RowFault) {
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != 10 { end &+= 1 }
            let next = min(end + 1, text.count)
            try refuse(foreign, in: start..<next)
            let line = start..<endOfText(text, start..<next)
            appendField(text, line)
            identify(text.extracting(line))
            output.append(CSV.newline)
            start = next
        }
    }

    /// The first byte that is not of UTF-8; nil where all are.
    private static func firstForeignByte(_ text: Span<UInt8>) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: text)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    private func refuse(_ foreign: Int?, in row: Range<Int>) throws(RowFault) {
        guard let foreign, row.contains(foreign) else { return }
        throw RowFault(offset: foreign, reason: "bytes that are not UTF-8")
    }

    private mutating func enter(_ name: Span<UInt8>) {
        if name.isSame(as: platform) { return }
        platform = name.copy(0..<name.count)
        shorthand = ShorthandRule(platform: String(decoding: platform, as: UTF8.self))
    }

    /// Appends a field for each column that is added. What there is not is empty: `nan` is the name of a repository.
    private mutating func identify(_ address: Span<UInt8>) {
        if AddressReader.isPlainlyMissing(address) { return addNothing("") }
        switch reader.read(address, shorthand: shorthand) {
        case .repository(let repository): add(repository)
        case .nothing(.placeholder): addNothing("")
        case .nothing(let reason): addNothing(reason.rawValue)
        }
    }

    private mutating func add(_ repository: CanonicalAddress) {
        let bytes = repository.bytes
        let isPlain = !bytes.span.needsQuotes
        for range in [0..<bytes.count, repository.host, repository.owner, repository.name] {
            output.append(CSV.comma)
            if isPlain { copy(range, of: bytes.span) } else { CSV.append(bytes[range], to: &output) }
        }
        output.append(CSV.comma)
        if !repository.directory.isEmpty { CSV.append(repository.directory, to: &output) }
        output.append(CSV.comma)
        if inferring { addLabel(repository.inference?.rawValue ?? "") }
    }

    private mutating func addNothing(_ reason: String) {
        for _ in IdentifiedColumn.allCases.prefix(while: { $0 != .notUnderstood }) { output.append(CSV.comma) }
        addLabel(reason)
        if inferring { output.append(CSV.comma) }
    }

    private mutating func addLabel(_ text: String) {
        output.append(CSV.comma)
        appendField(text.utf8.span, 0..<text.utf8.count)
    }

    private mutating func appendField(_ text: Span<UInt8>, _ range: Range<Int>) {
        if text.extracting(range).needsQuotes {
            CSV.append(text.copy(range), to: &output)
        } else {
            copy(range, of: text)
        }
    }

    /// At once, not byte by byte.
    private mutating func copy(_ range: Range<Int>, of text: Span<UInt8>) {
        text.extracting(range).withUnsafeBufferPointer { output.append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// As ``CSV`` has it.
    fileprivate var needsQuotes: Bool { !all(in: 0..<count) { $0 != 44 && $0 != ASCII.quote && $0 != 10 && $0 != 13 } }
}
