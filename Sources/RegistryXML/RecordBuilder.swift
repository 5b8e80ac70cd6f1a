/// Makes records of a document's events.
///
/// What is not wanted costs a counter: nothing is looked at inside it.
final class RecordBuilder {
    /// An element on the way to here that is wanted, or leads to what is.
    private struct Open {
        let node: Int
        var record: XMLRecord?
        var text: [UInt8] = []
    }

    private let selection: XMLSelection
    private let options: XMLOptions
    private var open: [Open]
    private var skipped = 0
    private var isInRecord = false
    private var recordSize = 0
    private var takesText = false
    private var records: [XMLRecord] = []

    init(_ selection: XMLSelection, _ options: XMLOptions) {
        self.selection = selection
        self.options = options
        open = [Open(node: 0)]
    }

    func takeRecords() -> [XMLRecord] {
        defer { records = [] }
        return records
    }

    /// An element begins. Returns what is too large about it, if anything. The texts end with a zero.
    func begin(
        name: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?, attributes: () -> [XMLRecord.Attribute]
    ) -> String? {
        if open.count + skipped > options.depthLimit {
            return "more than \(options.depthLimit) elements lie inside one another"
        }
        if skipped > 0 {
            skipped += 1
            return nil
        }
        guard let node = selection.child(of: open[open.count - 1].node, name: name, namespace: namespace) else {
            skipped = 1
            takesText = false
            return nil
        }
        takesText = selection.nodes[node].isLast
        let isRecord = selection.nodes[node].isRecord
        guard isRecord || isInRecord else {
            open.append(Open(node: node))
            return nil
        }
        if isRecord { recordSize = 0 }
        isInRecord = true
        let record = XMLRecord(
            name: String(cString: name), namespace: namespace.map { String(cString: $0) } ?? "",
            attributes: attributes())
        open.append(Open(node: node, record: record))
        return grow(by: 64 + record.attributes.reduce(0) { $0 + 64 + $1.name.utf8.count + $1.value.utf8.count })
    }

    /// Text of the innermost element. Returns what is too large about it, if anything.
    func add(text: UnsafeBufferPointer<UInt8>) -> String? {
        guard takesText else { return nil }
        open[open.count - 1].text.append(contentsOf: text)
        return grow(by: text.count)
    }

    func end() {
        if skipped > 0 {
            skipped -= 1
            if skipped == 0 { takesText = selection.nodes[open[open.count - 1].node].isLast }
            return
        }
        guard open.count > 1 else { return }
        let ended = open.removeLast()
        takesText = selection.nodes[open[open.count - 1].node].isLast
        guard var record = ended.record else { return }
        record.text = String(decoding: ended.text, as: UTF8.self)
        if selection.nodes[ended.node].isRecord {
            isInRecord = false
            records.append(record)
        } else {
            open[open.count - 1].record?.children.append(record)
        }
    }

    private func grow(by size: Int) -> String? {
        recordSize += size
        return recordSize > options.recordLimit ? "a record is larger than \(options.recordLimit) bytes" : nil
    }
}
