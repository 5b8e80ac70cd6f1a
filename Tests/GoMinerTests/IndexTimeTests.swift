import GoMiner
import Testing

@Suite("Times of the module index")
struct IndexTimeTests {
    @Test(
        "Times of the module index are read to the nanosecond and written back without trailing zeros",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("2019-04-10T19:08:52.997264Z", 1_554_923_332_997_264_000, "2019-04-10T19:08:52.997264Z"),
            ("2019-04-15T13:54:35.6889Z", 1_555_336_475_688_900_000, "2019-04-15T13:54:35.6889Z"),
            ("2019-04-15T13:54:35.688900000Z", 1_555_336_475_688_900_000, "2019-04-15T13:54:35.6889Z"),
            ("2019-04-10T12:08:52.997264-07:00", 1_554_923_332_997_264_000, "2019-04-10T19:08:52.997264Z"),
            ("2019-04-11T00:38:52.997264+05:30", 1_554_923_332_997_264_000, "2019-04-10T19:08:52.997264Z"),
            ("2019-04-10T19:08:52+00:00", 1_554_923_332_000_000_000, "2019-04-10T19:08:52Z"),
            ("2019-04-10T19:08:52-00:00", 1_554_923_332_000_000_000, "2019-04-10T19:08:52Z"),
            ("1969-12-31T17:00:00.5-07:00", 500_000_000, "1970-01-01T00:00:00.5Z"),
            ("2200-01-01T01:59:59+02:00", 7_258_118_399_000_000_000, "2199-12-31T23:59:59Z"),
            ("2020-02-29T23:59:59.000000001Z", 1_583_020_799_000_000_001, "2020-02-29T23:59:59.000000001Z"),
        ] as [(String, Int64, String)])
    func reads(text: String, nanoseconds: Int64, written: String) throws {
        let time = try #require(IndexTime(text.utf8))
        #expect(time.nanoseconds == nanoseconds)
        #expect(time.text == written)
    }

    @Test("Times of the module index are compared as times, not as texts")
    func compares() throws {
        let earlier = try #require(IndexTime("2019-04-15T13:54:35.68Z".utf8))
        let later = try #require(IndexTime("2019-04-15T13:54:35.680001Z".utf8))
        #expect(earlier < later)
    }

    @Test(
        "Times of the module index are refused where it is no RFC 3339 time of the years 1970 to 2199",
        arguments: [
            "", "2019-13-41", "2019-04-10", "2019-04-10T19:08:52", "2019-02-29T00:00:00Z", "2019-04-10T24:00:00Z",
            "2019-04-10T19:08:52.Z", "2019-04-10T19:08:52.1234567890Z", "2019-04-10T19:08:52+0000",
            "2019-04-10T19:08:52+24:00", "2019-04-10T19:08:52-00:60", "2019-04-10T19:08:52+02",
            "2019-04-10T19:08:52 02:00",
            "2019-04-10T19:08:52Z+02:00", "1970-01-01T00:00:00+00:01", "2199-12-31T23:59:59-00:01",
            "2019-04-10 19:08:52Z", "2019-04-10T19:08:52Zx", "-019-04-10T19:08:52Z", "9999-01-01T00:00:00Z",
            "1700-01-01T00:00:00Z", "1969-12-31T23:59:59.5Z", "2200-01-01T00:00:00Z",
        ])
    func refuses(text: String) {
        #expect(IndexTime(text.utf8) == nil)
    }
}
