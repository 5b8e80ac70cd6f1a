import GoRegistryFixture
import MinerTestKit
import Testing

@Suite("A time of the index")
struct EntryTimeTests {
    @Test(
        "A time of the index is written as the index writes it",
        arguments: [
            ("2019-04-10T19:08:52.997264Z", "2019-04-10T19:08:52.997264Z"),
            ("2019-04-15T13:54:35.688900Z", "2019-04-15T13:54:35.6889Z"),
            ("2020-02-29T23:59:59Z", "2020-02-29T23:59:59Z"),
            ("2020-01-01T00:00:00.000000001Z", "2020-01-01T00:00:00.000000001Z"),
            ("2020-01-01T01:30:00+01:30", "2020-01-01T00:00:00Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
        ])
    func canonical(text: String, expected: String) {
        #expect(EntryTime(text)?.text == expected)
    }

    @Test(
        "A time of the index is refused where it is none",
        arguments: [
            "", "2019-13-41", "2019-04-10", "2019-02-29T00:00:00Z", "2019-04-10T19:08:52", "2019-04-10T19:08:52.Z",
            "2019-04-10T19:08:52 00:00", "2019-04-10T19:08:52Z ", "2019-04-10T24:00:00Z",
        ])
    func refused(text: String) {
        #expect(EntryTime(text) == nil)
    }

    @Test("A time of the index compares as a time, not as a text")
    func order() throws {
        let early = try #require(EntryTime("2019-04-10T19:08:52.68Z"))
        let late = try #require(EntryTime("2019-04-10T19:08:52.680001Z"))
        #expect(early < late)
    }
}
