/// What must hold for any bytes that come from outside. libFuzzer and the tests hold the readers to it.
public struct FuzzProperty: Sendable {
    public let name: String

    /// Well-formed inputs, to begin from.
    public let seeds: [[UInt8]]

    /// How many mutations of each seed the tests try. Those that open files or read a mebibyte have fewer.
    public let rounds: Int

    private let violation: @Sendable ([UInt8]) -> String?

    init(
        _ name: String, seeds: [String], rounds: Int = 2000, _ violation: @escaping @Sendable ([UInt8]) -> String?
    ) {
        self.init(name, seeds: seeds.map { Array($0.utf8) }, rounds: rounds, violation)
    }

    init(
        _ name: String, seeds: [[UInt8]], rounds: Int = 2000, _ violation: @escaping @Sendable ([UInt8]) -> String?
    ) {
        self.name = name
        self.seeds = seeds
        self.rounds = rounds
        self.violation = violation
    }

    /// How these bytes break the property; nil where it holds.
    public func violation(by bytes: [UInt8]) -> String? {
        violation(bytes)
    }

    /// The property of this name.
    public static func named(_ name: String) -> FuzzProperty? {
        all.first { $0.name == name }
    }

    public static let all: [FuzzProperty] = [
        .indexPage, .proxyAnswer, .indexCursor, .indexTime, .modulePath, .csv, .list, .identifiedRows,
        .recordedExchanges, .recordedExchange, .state, .xml, .mavenIndex, .address, .addressTime, .lines, .ndjson,
        .csvByHeader, .copyText, .hstore, .protobuf, .stanzas, .tar, .html, .ini, .jsonElements, .jsonDocument,
        .jsonWhole, .toml, .signedNote, .treeHead, .dataTile, .goImports,
    ]
}

/// Bytes made from others by a few random changes.
public func mutated(_ bytes: [UInt8], using random: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 2 where place < bytes.count: bytes.removeSubrange(place..<min(bytes.count, place + 5))
        case 3: bytes.insert(contentsOf: bytes.prefix(20), at: place)
        default: bytes.insert(contentsOf: "\"\\\n,{}\u{0}é".utf8.shuffled(using: &random).prefix(3), at: place)
        }
    }
    return bytes
}
