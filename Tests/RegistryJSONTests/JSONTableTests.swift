import RegistryJSON
import Testing

@Suite("The strings of an array's elements")
struct JSONTableTests {
    private func rows(_ json: String, at array: String = "/rows") throws -> [[String?]] {
        var reader = JSONReader(["/id", "/value/rev"])
        let table = try reader.table(ofElementsAt: array, in: Array(json.utf8))
        return (0..<table.count).map { [table.string($0, 0), table.string($0, 1)] }
    }

    @Test("come in the array's order, and what is no string is none")
    func rows() throws {
        let json = #"{"rows":[{"id":"a","value":{"rev":"1"}},{"id":""},{"id":7,"value":[]},null,{"id":"\u00e9\n"}]}"#
        #expect(try rows(json) == [["a", "1"], ["", nil], [nil, nil], [nil, nil], ["é\n", nil]])
        #expect(try rows(#"[]"#, at: "") == [])
    }

    @Test("are all there, however many", arguments: [1, 63, 64, 65, 128, 10_000])
    func many(count: Int) throws {
        let ids = (0..<count).map { "package-\($0)" }
        let json = "[" + ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"
        #expect(try rows(json, at: "") == ids.map { [$0, nil] })
    }

    @Test("of a document that is cut off, is no JSON or has no such array are an error, and none of them is told")
    func refuses() {
        for json in ["", #"{"rows":[{"id":"a"}"#, #"{"rows":[{"id":"a"},]}"#, #"{"rows":{}}"#, "{}", "[]"] {
            #expect(throws: JSONError.self) { try rows(json) }
        }
    }
}
