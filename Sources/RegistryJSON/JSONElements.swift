public import RecordReaders

/// Reads a large array element by element, or a large object member by member, in bounded memory.
///
/// ```swift
/// let file = Download(url) { JSONElements(of: ["/projects"], keeping: ["/meta"]) }
/// try await file.reduce(into: [], through: session) { names, element in
///     names.append(try element.value.get().neededText("/name"))
/// } atEnd: { names, reader in
///     serial = reader.kept["/meta"]?["/_last-serial"]?.integer
/// }
/// ```
///
/// Places are JSON pointers; the empty one is the document's outermost array or object. What is not wanted is checked
/// and passed over, however large it is. A document is refused that is no JSON where no element is to blame, that lacks
/// a container or has something else in its place, and that has twice what is wanted once. Of a key that an object has
/// twice both members are handed out. An element may be nested 1,023 deep.
public struct JSONElements: RecordReader {
    enum State { case value, whole, firstKey, nextKey, key, colon, behindValue, elements, end }

    let limit: Int
    let ofArrays: Bool
    var input = JSONInput()
    var places: JSONPlaces
    var state = State.value

    /// The objects on the way to what is wanted that are open, outermost first, and where the next value is.
    var way: [String] = []
    var pointer = ""
    private var run = ElementRun()
    private var batch = ElementBatch()

    /// What was to be kept, and was met by now.
    public internal(set) var kept: [String: JSONValue] = [:]

    /// - Parameters:
    ///   - containers: the arrays and objects whose elements are wanted. None lies inside another.
    ///   - optional: those of which the document may have none.
    ///   - kept: values outside of them that are wanted at the end, as a count or a serial. Where there is none,
    ///     ``kept`` has none.
    ///   - ofArrays: whether an object in the place of a container is refused: an error's, or an envelope.
    ///   - limit: the largest element, and the largest value that is kept or passed over and is no container, in bytes.
    public init(
        of containers: [String], optional: [String] = [], keeping kept: [String] = [], ofArrays: Bool = false,
        limit: Int = 16 << 20
    ) {
        precondition(!kept.contains(""), "a document that is kept whole is read by JSONValue")
        places = JSONPlaces(containers: containers, optional: optional, keeping: kept)
        self.ofArrays = ofArrays
        self.limit = limit
    }

    /// Whether the document had that by now: of an optional container nothing else tells that it was there and empty.
    public func hasMet(_ pointer: String) -> Bool { places.hasMet(pointer) }

    /// How many bytes are kept of what arrived.
    package var held: Int { input.held }

    public mutating func feed(_ bytes: [UInt8]) {
        input.feed(bytes)
    }

    public mutating func next() throws -> JSONElement? {
        while true {
            if let element = batch.next(of: run.container, from: run.first, inObject: run.isObject) { return element }
            guard try advance() else { return nil }
        }
    }

    public mutating func finish() throws -> JSONElement? {
        if let element = try next() { return element }
        guard state == .end else { throw error("the document is cut off") }
        if let place = places.missing {
            throw RecordError(at: "'\(place)'", "the document has no such array or object")
        }
        return nil
    }

    /// Reads on; false where more must be fed first.
    private mutating func advance() throws -> Bool {
        state == .elements ? try readElements() : try walk()
    }

    mutating func beginElements(isWanted: Bool) {
        run = ElementRun(container: pointer, isObject: input.first == openBrace, isWanted: isWanted)
        input.take(1)
        state = .elements
    }

    private mutating func readElements() throws -> Bool {
        if run.isClosed {
            run = ElementRun()
            state = way.isEmpty ? .end : .behindValue
            return true
        }
        input.findEnds(most: 1_024, enough: 1 << 16)
        guard let last = input.ends.last else {
            try hold(input.count)
            return false
        }
        try check(input.ends)
        run.goOn(by: input.ends.count, isClosed: input.isClosed)
        if run.isClosed, input[last] != run.closer { throw error("a bracket is closed by one of another kind") }
        if !run.isEmpty(input.prefix(last)) { try read(input.prefix(last)) }
        input.take(last + 1)
        return true
    }

    private mutating func read(_ elements: ArraySlice<UInt8>) throws {
        batch.read(elements, ends: input.ends, inObject: run.isObject)
        if run.isWanted { return }
        guard batch.isReadable else { throw error("something in '\(run.container)' is no JSON") }
        batch.passOver()
    }

    private func check(_ ends: [Int]) throws {
        var start = 0
        for end in ends {
            try hold(end - start)
            start = end + 1
        }
    }

    func hold(_ count: Int) throws {
        if count > limit { throw error("an element is larger than \(limit) bytes") }
    }

    func error(_ reason: String) -> RecordError { RecordError(at: "byte \(input.offset)", reason) }
}

/// A container whose elements are read.
private struct ElementRun {
    var container = ""
    var isObject = false
    var isWanted = false

    /// The index of the first element that was found last, and how many were found.
    private(set) var first = 0
    private var count = 0
    private(set) var isClosed = false

    init() {}

    init(container: String, isObject: Bool, isWanted: Bool) {
        self.container = container
        self.isObject = isObject
        self.isWanted = isWanted
    }

    var closer: UInt8 { UInt8(ascii: isObject ? "}" : "]") }

    mutating func goOn(by count: Int, isClosed: Bool) {
        first += self.count
        self.count = count
        self.isClosed = isClosed
    }

    /// Whether nothing stands between the brackets.
    func isEmpty(_ bytes: ArraySlice<UInt8>) -> Bool {
        first == 0 && count == 1 && isClosed && bytes.allSatisfy(isJSONSpace)
    }
}
