import RepositoryAddresses

/// Finds the key that a row is matched by.
struct RowMatcher {
    enum Found {
        /// No address: see ``AddressReader/isMissing(_:shorthand:)``.
        case none
        case repository(Inference?)
        case leftOut(NoRepository)
    }

    private(set) var reader: AddressReader
    private let match: Match
    private var shorthand = ShorthandRule.undefined

    init(_ options: ComparisonOptions) {
        match = options.match
        reader = AddressReader(inferring: options.inferring)
    }

    mutating func enter(platform: [UInt8]) {
        shorthand = ShorthandRule(platform: String(decoding: platform, as: UTF8.self))
    }

    /// Reads an address; what it names is in ``canonical`` then.
    mutating func read(_ column: ListColumn, _ rows: RowReader, _ text: Span<UInt8>) -> Found {
        rows.value(column, of: text) { value in
            if AddressReader.isPlainlyMissing(value) { return .none }
            return switch reader.read(value, shorthand: shorthand) {
            case .repository(let inference): .repository(inference)
            case .nothing(.placeholder): .none
            case .nothing(let reason): .leftOut(reason)
            }
        }
    }

    /// Whether an address is there. ``canonical`` is lost.
    mutating func isPresent(_ column: ListColumn, _ rows: RowReader, _ text: Span<UInt8>) -> Bool {
        rows.value(column, of: text) { !reader.isMissing($0, shorthand: shorthand) }
    }

    var canonical: [UInt8] { reader.canonical }
}
