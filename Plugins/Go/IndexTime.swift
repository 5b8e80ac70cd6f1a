import Foundation

/// A time of the module index, in nanoseconds since 1970 UTC.
///
/// The index writes RFC 3339 times in UTC with up to 9 digits of a second and no trailing zeros
/// (`2019-04-15T13:54:35.6889Z`, https://index.golang.org), and wrote them with the offset of its servers for a while
/// (`2019-04-10T12:08:52.997264-07:00`, https://go.dev/issue/32312). As texts they do not sort: `…35.68Z` is earlier
/// than `…35.680001Z`. What is sent back is therefore always the index's own text, and what is compared is this number.
package struct IndexTime: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    static let microsecond: Int64 = 1_000
    static let second: Int64 = 1_000_000_000
    static let day: Int64 = 86_400 * second

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Nil for a text that is no such time, or lies outside of the years 1970 to 2199: between two times that are none
    /// of this there is room for every difference.
    package init?(_ text: some Collection<UInt8>) {
        var reader = DigitReader(text)
        guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2), reader.skip("-"),
            let day = reader.digits(2), reader.skip("T"), let hour = reader.digits(2), reader.skip(":"),
            let minute = reader.digits(2), reader.skip(":"), let second = reader.digits(2),
            let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd,
            (1969...2200).contains(year), (1...12).contains(month), (1...daysIn(month, of: year)).contains(day),
            hour < 24, minute < 60, second < 61
        else { return nil }
        let seconds = daysFromCivil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        guard (0..<IndexTime.end).contains(seconds) else { return nil }
        nanoseconds = Int64(seconds) * IndexTime.second + Int64(fraction)
    }

    /// The seconds from 1970 to 2200.
    private static let end = daysFromCivil(2200, 1, 1) * 86_400

    package static func < (a: IndexTime, b: IndexTime) -> Bool {
        a.nanoseconds < b.nanoseconds
    }

    /// The time to the second.
    var date: Date { Date(timeIntervalSince1970: Double(nanoseconds / IndexTime.second)) }

    /// The time as the index writes it.
    package var text: String {
        let (days, inDay) = nanoseconds.flooredDivision(by: IndexTime.day)
        let (seconds, fraction) = inDay.flooredDivision(by: IndexTime.second)
        let date = civilFromDays(Int(days))
        let digits = padded(Int(fraction), 9).trimmingZeros
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded(Int($0), 2) }
        return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
            + clock.joined(separator: ":") + (digits.isEmpty ? "" : ".\(digits)") + "Z"
    }
}

private struct DigitReader<Text: Collection<UInt8>> {
    private var rest: Text.SubSequence

    init(_ text: Text) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = rest.first.flatMap(digitValue) else { return nil }
            value = value * 10 + digit
            rest = rest.dropFirst()
        }
        return value
    }

    /// The nanoseconds of a fraction with its point, 0 without one.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        var value = 0
        var count = 0
        while let digit = rest.first.flatMap(digitValue) {
            guard count < 9 else { return nil }
            value = value * 10 + digit
            count += 1
            rest = rest.dropFirst()
        }
        guard count > 0 else { return nil }
        for _ in count..<9 { value *= 10 }
        return value
    }

    /// The seconds by which a local time is ahead of UTC; 0 for `Z`.
    mutating func offset() -> Int? {
        if skip("Z") { return 0 }
        let isAhead = skip("+")
        guard isAhead || skip("-"), let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isAhead ? 60 : -60)
    }

    private func digitValue(_ byte: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte) - 48 : nil
    }
}

private func daysIn(_ month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
}

/// Days since 1970-01-01 in the Gregorian calendar, counted in eras of 400 years that begin in March
/// (https://howardhinnant.github.io/date_algorithms.html).
private func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let (era, yearOfEra) = shifted.flooredDivision(by: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func civilFromDays(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension BinaryInteger {
    fileprivate func flooredDivision(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension String {
    fileprivate var trimmingZeros: Substring {
        var rest = self[...]
        while rest.last == "0" { rest.removeLast() }
        return rest
    }
}
