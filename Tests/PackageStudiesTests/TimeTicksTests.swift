import PackageStudies
import Testing

@Suite("The marks of a time axis")
struct TimeTicksTests {
    private func labels(_ first: Int, _ last: Int) -> [String] {
        let ticks = TimeTicks(from: 2019 * 12 + first, through: 2019 * 12 + last)
        return ticks.months.map(ticks.label)
    }

    @Test("less than two years are marked by months, 7 at most")
    func months() {
        #expect(labels(3, 3) == ["2019-04"])
        #expect(labels(3, 4) == ["2019-04", "2019-05"])
        #expect(labels(10, 13) == ["2019-11", "2019-12", "2020-01", "2020-02"])
        for span in 0..<24 { #expect((1...7).contains(labels(3, 3 + span).count)) }
    }

    @Test("longer times are marked by Januaries, 2 to 8 of them")
    func years() {
        #expect(labels(3, 3 + 24) == ["2020", "2021"])
        #expect(labels(3, 3 + 91) == ["2020", "2021", "2022", "2023", "2024", "2025", "2026"])
        for span in 24..<600 { #expect((2...8).contains(labels(3, 3 + span).count), "\(span)") }
    }
}
