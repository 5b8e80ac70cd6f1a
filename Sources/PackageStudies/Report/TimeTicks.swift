/// The marks of a time axis, in months since the year 0: Januaries, or months where there are less than two years.
package struct TimeTicks {
    package let months: [Int]
    private let areYears: Bool

    package init(from first: Int, through last: Int) {
        areYears = last - first >= 24
        let step = areYears ? ((last - first) / 12 / 8 + 1) * 12 : (last - first) / 6 + 1
        let start = areYears ? (first + step - 1) / step * step : first
        months = Array(stride(from: start, through: last, by: step))
    }

    var title: String { areYears ? "Year" : "Month" }

    /// `2020`, or `2019-04`.
    package func label(_ month: Int) -> String {
        let number = month % 12 + 1
        return areYears ? String(month / 12) : "\(month / 12)-\(number < 10 ? "0" : "")\(number)"
    }
}
