import RepositoryAddresses

/// What packages are matched by.
public enum Match: String, CaseIterable, Sendable {
    /// The repository that the Repository column names.
    case repository
    /// The same, or where it names none, the one that the Homepage column names.
    case repositoryOrHomepage = "repository-or-homepage"
    /// The package's name, byte by byte.
    case name
}

/// How lists are compared.
public struct ComparisonOptions: Sendable {
    public var match = Match.repository
    /// Whether to infer repositories that an address does not itself name.
    public var inferring = false

    public init(match: Match = .repository, inferring: Bool = false) {
        self.match = match
        self.inferring = inferring
    }
}

/// Reads the rows of one piece of a list, with the columns by their meaning.
struct RowReader {
    var cursor: RowCursor
    private let places: [Int]

    init(_ columns: ListColumns) {
        cursor = RowCursor(width: columns.meanings.count)
        places = ListColumn.allCases.map { column in columns.meanings.firstIndex(of: column) ?? 0 }
    }

    mutating func advance(_ text: Span<UInt8>) throws(RowFault) -> Bool { try cursor.advance(text) }

    func value<Answer>(
        _ column: ListColumn, of text: Span<UInt8>, _ body: (Span<UInt8>) -> Answer
    ) -> Answer {
        cursor.value(places[column.rawValue], of: text, body)
    }

    func platform(of text: Span<UInt8>) throws(RowFault) -> [UInt8] {
        let name = value(.platform, of: text) { $0.copy(0..<$0.count) }
        if name.isEmpty { throw RowFault(offset: cursor.start, reason: "the row names no platform") }
        return name
    }
}

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
