public import Foundation

/// A time as a registry writes it: compared as a time, and sent back as it came.
///
/// Registries leave out the trailing zeros of a second's fraction: as texts, `…35.68Z` and `…35.680001Z` sort the wrong
/// way round. A `Date` does not hold the seven digits that some write.
public struct RegistryTime: Comparable, Hashable, Sendable {
    public let text: String

    /// Since 1970 UTC.
    public let nanoseconds: Int64

    /// Nil for what is no RFC 3339 time in UTC with at most nine digits of a second.
    public init?(_ text: String) {
        guard let zone = ["Z", "+00:00"].first(where: text.hasSuffix) else { return nil }
        let parts = text.dropLast(zone.count).split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0"
        // Foundation reads on behind a second: a zone there is no part of it.
        guard (1...2).contains(parts.count), parts[0].utf8.count == "2017-10-31T23:28:02".utf8.count,
            let date = try? Date("\(parts[0])Z", strategy: .iso8601),
            (1...9).contains(fraction.utf8.count), fraction.utf8.allSatisfy({ (48...57).contains($0) }),
            let digits = Int64(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
        else { return nil }
        let (whole, isTooFar) = Int64(date.timeIntervalSince1970).multipliedReportingOverflow(by: 1_000_000_000)
        guard !isTooFar, whole < .max - digits else { return nil }
        self.text = text
        nanoseconds = whole + digits
    }

    /// A time in UTC as PostgreSQL writes it, `2014-11-21 00:06:54.000682+00`, where the column has no time zone without
    /// the `+00`. Nil for what is none.
    public static func ofDatabase(_ text: String) -> RegistryTime? {
        let local = text.hasSuffix("+00") ? text.dropLast(3) : text[...]
        return RegistryTime(local.replacing(" ", with: "T", maxReplacements: 1) + "Z")
    }

    public var date: Date { Date(timeIntervalSince1970: Double(nanoseconds) / 1e9) }

    public static func == (a: RegistryTime, b: RegistryTime) -> Bool { a.nanoseconds == b.nanoseconds }
    public static func < (a: RegistryTime, b: RegistryTime) -> Bool { a.nanoseconds < b.nanoseconds }
    public func hash(into hasher: inout Hasher) { hasher.combine(nanoseconds) }
}

/// Stored as its text.
extension RegistryTime: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = RegistryTime(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no time")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
