import RepositoryAddresses

/// Finds the key that a row is matched by.
struct RowMatcher {
    enum Found {
        /// No address: see ``AddressReader/isMissing(_:shorthand:)``.
        case none
        case repository(CanonicalAddress)
        case leftOut(NoRepository)
    }

    private let reader: AddressReader
    private var shorthand = ShorthandRule.undefined

    init(_ options: ComparisonOptions) {
        reader = AddressReader(inferring: options.inferring)
    }

    mutating func enter(platform: [UInt8]) {
        shorthand = ShorthandRule(platform: String(decoding: platform, as: UTF8.self))
    }

    func read(_ column: ListColumn, _ rows: RowReader, _ text: Span<UInt8>) -> Found {
        rows.value(column, of: text) { value in
            if AddressReader.isPlainlyMissing(value) { return .none }
            return switch reader.read(value, shorthand: shorthand) {
            case .repository(let repository): .repository(repository)
            case .nothing(.placeholder): .none
            case .nothing(let reason): .leftOut(reason)
            }
        }
    }

    /// What the repository's column names, else what the homepage's does.
    func repository(_ rows: RowReader, _ text: Span<UInt8>) -> CanonicalAddress? {
        for column in [ListColumn.repository, .homepage] {
            if case .repository(let repository) = read(column, rows, text) { return repository }
        }
        return nil
    }

    /// Whether an address is there.
    func isPresent(_ column: ListColumn, _ rows: RowReader, _ text: Span<UInt8>) -> Bool {
        rows.value(column, of: text) { !reader.isMissing($0, shorthand: shorthand) }
    }
}
