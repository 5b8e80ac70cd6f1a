/// Makes records of a document's events.
///
/// What is not wanted costs a counter: nothing is looked at inside it.
struct RecordBuilder {
    /// Why nothing more is read.
    enum Refusal {
        /// More than the options allow.
        case depth, record
        /// The outermost element is another one than the selection's.
        case otherDocument
    }

    /// An element on the way to here that is wanted, or leads to what is.
    private struct Open {
        let node: Int
        let takesText: Bool
        let isInRecord: Bool
        /// Where its text begins in `text`.
        let text: Int
    }

    private let options: XMLOptions
    private var elements: KnownElements
    private var open = [Open(node: 0, takesText: false, isInRecord: false, text: 0)]
    /// Those of the open elements that are in a record, each to become a child of the one before it.
    private var unfinished: [XMLRecord] = []
    /// Text of the open elements, that of an inner one behind that of the outer ones.
    private var text: [UInt8] = []
    private var records: [XMLRecord] = []
    /// The document's outermost element, with its attributes alone; nil before it has begun.
    private(set) var root: XMLRecord?
    private var skipped = 0
    private var recordSize = 0
    private var takesText = false

    init(_ selection: XMLSelection, _ options: XMLOptions) {
        self.options = options
        elements = KnownElements(selection)
    }

    /// The name of the outermost element that is wanted, to be shown.
    var wantedRoot: String { elements.wantedRoot }

    mutating func takeRecords() -> [XMLRecord] {
        defer { records = [] }
        return records
    }

    /// An element begins. The texts end with a zero, and one text is always at one address.
    mutating func begin(
        name: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?, attributes: () -> [XMLRecord.Attribute]
    ) -> Refusal? {
        if open.count + skipped > options.depthLimit { return .depth }
        if skipped > 0 {
            skipped += 1
            return nil
        }
        let parent = open[open.count - 1]
        guard let (slot, node) = elements.wanted(in: parent.node, name: name, namespace: namespace) else {
            return skip()
        }
        let isRecord = elements.isRecord(node)
        takesText = elements.takesText(node)
        open.append(
            Open(node: node, takesText: takesText, isInRecord: isRecord || parent.isInRecord, text: text.count))
        if open.count == 2 { root = elements.record(slot: slot, attributes()) }
        guard isRecord || parent.isInRecord else { return nil }
        let attributes = attributes()
        unfinished.append(elements.record(slot: slot, attributes))
        if isRecord { recordSize = 0 }
        return grow(by: attributes.reduce(64) { $0 + 64 + $1.name.utf8.count + $1.value.utf8.count })
    }

    /// Passes over the element that begins, and all that is inside. The outermost one cannot be passed over: a document
    /// of which nothing is wanted is not the one that was asked for.
    mutating func skip() -> Refusal? {
        skipped += 1
        takesText = false
        return open.count == 1 ? .otherDocument : nil
    }

    /// Text of the innermost element.
    mutating func add(text piece: UnsafeBufferPointer<UInt8>) -> Refusal? {
        guard takesText else { return nil }
        text.append(contentsOf: piece)
        return grow(by: piece.count)
    }

    mutating func end() {
        if skipped > 0 {
            skipped -= 1
            if skipped == 0 { takesText = open[open.count - 1].takesText }
            return
        }
        guard open.count > 1 else { return }
        let element = open.removeLast()
        takesText = open[open.count - 1].takesText
        guard element.isInRecord else { return }
        var record = unfinished.removeLast()
        if text.count > element.text { record.text = takeText(from: element.text) }
        if unfinished.isEmpty {
            records.append(record)
        } else {
            unfinished[unfinished.count - 1].children.append(record)
        }
    }

    private mutating func takeText(from start: Int) -> String {
        defer { text.removeLast(text.count - start) }
        return text.withUnsafeBufferPointer { String(decoding: $0[start...], as: UTF8.self) }
    }

    private mutating func grow(by size: Int) -> Refusal? {
        recordSize += size
        return recordSize > options.recordLimit ? .record : nil
    }
}
