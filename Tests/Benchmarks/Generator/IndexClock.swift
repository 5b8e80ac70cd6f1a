import Foundation

/// The times of a synthetic index, in microseconds since 1970: the n-th of N entries comes at the square root of n/N of
/// the time from the first to the last, so that the index grows twice as dense as it is on average.
struct IndexClock {
    private static let first = 1_554_923_332_997_264
    private static let last = 1_780_315_200_000_000

    private let entries: Int
    private var time = IndexClock.first
    private var day = -1
    private var date = (year: 0, month: 0, day: 0)

    init(entries: Int) {
        self.entries = entries
    }

    /// Moves to an entry, which may share the time of the one before it.
    mutating func move(to entry: Int, sharing isShared: Bool) {
        if isShared { return }
        let share = (Double(entry) / Double(entries)).squareRoot()
        time = max(time, IndexClock.first + Int(Double(IndexClock.last - IndexClock.first) * share))
        let today = time / 86_400_000_000
        if today != day { (day, date) = (today, civil(today)) }
    }

    /// Appends the time as the index writes it: without trailing zeros.
    func writeTime(to output: inout LineBuffer) {
        let (hour, minute, second) = clock
        output.append(number: date.year, digits: 4)
        for (mark, number) in zip([45, 45, 84, 58, 58] as [UInt8], [date.month, date.day, hour, minute, second]) {
            output.append(byte: mark)
            output.append(number: number, digits: 2)
        }
        var fraction = time % 1_000_000
        var digits = 6
        while digits > 0, fraction % 10 == 0 { (fraction, digits) = (fraction / 10, digits - 1) }
        if digits > 0 {
            output.append(".")
            output.append(number: fraction, digits: digits)
        }
        output.append("Z")
    }

    /// Appends the time as a pseudo-version has it: 14 digits.
    func writeDigits(to output: inout LineBuffer) {
        let (hour, minute, second) = clock
        output.append(number: date.year, digits: 4)
        for number in [date.month, date.day, hour, minute, second] { output.append(number: number, digits: 2) }
    }

    private var clock: (hour: Int, minute: Int, second: Int) {
        let seconds = time / 1_000_000 % 86_400
        return (seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}

/// The date of a day since 1970-01-01 (https://howardhinnant.github.io/date_algorithms.html).
private func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = ((day + 719_468) / 146_097, (day + 719_468) % 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
}
