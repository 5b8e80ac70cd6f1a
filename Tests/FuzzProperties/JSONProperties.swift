import RecordReaders
import RegistryJSON

extension FuzzProperty {
    private static let jsonSeeds = [
        #"{"n":1,"r":[{"a":"]\"\\"},"é",2 ,null],"o":{"x":[1],"p":{"k":[],"\u006b":{}}},"m":"\\"}"#,
        #" {"o":{"p":[]},"x":{"a":{"b":[true]}} , "r" : { "" : -1.5e3 } } "#, #"{"r":[[],"",{}],"y":[1,"a",{}]}"#,
    ]

    private static func reader(limit: Int) -> JSONElements {
        JSONElements(of: ["/r"], optional: ["/o/p"], keeping: ["/n"], limit: limit)
    }

    /// The elements of large documents, however they arrive, are those that one finds who splits the whole by hand.
    static let jsonElements = FuzzProperty(
        "json-elements", seeds: jsonSeeds, reader: { reader(limit: 60) }, found: { $0.map(shown) },
        twin: { SlowJSON.elements(of: $0) })

    /// A document whose elements can all be read is one that can be read whole, with the same elements; and one that
    /// can be read whole is refused only for what it lacks or has twice.
    static let jsonDocument = FuzzProperty("json-document", seeds: jsonSeeds) { bytes in
        let whole = try? JSONValue(bytes)
        guard let elements = try? JSONElements.records(of: bytes, by: reader(limit: 1 << 20)) else {
            return whole.map(isAsked) == true ? "the whole is read, and its elements are refused" : nil
        }
        guard elements.allSatisfy({ (try? $0.value.get()) != nil }) else {
            return whole == nil ? nil : "the whole is read, and an element of it is not"
        }
        guard let whole else { return "its elements are read, and the whole is refused" }
        for container in ["/r", "/o/p"] {
            let read = elements.filter { $0.container == container }.map(shown)
            let told = (whole.elements(at: container) ?? []).map(shown)
            if read != told { return "\(read) for \(told)" }
        }
        return nil
    }

    /// A document that is whole in memory has the elements that it has when it arrives bit by bit, and keeps the same.
    static let jsonWhole = FuzzProperty("json-whole", seeds: jsonSeeds) { bytes in
        var reader = JSONElements(of: ["/r"], keeping: ["/n"], limit: 1 << 20)
        let streamed = try? elements(of: bytes, by: &reader)
        let whole = try? JSONElements.read(bytes, of: "/r", keeping: ["/n"])
        let read = whole.map { $0.elements.map(shown) }
        if read != streamed { return "\(read ?? ["refused"]) for \(streamed ?? ["refused"])" }
        let (told, kept) = ((whole?.kept ?? [:]).mapValues(\.json), reader.kept.mapValues(\.json))
        return whole == nil || told == kept ? nil : "\(told) is kept for \(kept)"
    }

    private static func elements(of bytes: [UInt8], by reader: inout JSONElements) throws -> [String] {
        var elements: [String] = []
        for byte in bytes {
            reader.feed([byte])
            while let element = try reader.next() { elements.append(shown(element)) }
        }
        while let element = try reader.finish() { elements.append(shown(element)) }
        return elements
    }

    /// Whether a document has all that is wanted, once.
    private static func isAsked(_ document: JSONValue) -> Bool {
        let keys = (document.members ?? []).map(\.key)
        let inner = (document["/o"]?.members ?? []).map(\.key)
        let isOnce =
            ["r", "n", "o"].allSatisfy { key in keys.count { $0 == key } <= 1 } && inner.count { $0 == "p" } <= 1
        let isPlain = document["/o/p"].map { $0.elements != nil || $0.members != nil } ?? true
        return document.elements(at: "/r") != nil && isOnce && isPlain
    }

    static func shown(_ element: JSONElement) -> String {
        let value =
            switch element.value {
            case .success(let value): value.json
            case .failure: "unreadable"
            }
        return "\(element.container) \(element.index) \(element.key ?? "-") \(value)"
    }
}
