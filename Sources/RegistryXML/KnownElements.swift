/// What elements mean at their places, remembered by the addresses of their names.
///
/// The parser keeps each name of a document once: the same name is the same address as long as the document is read.
/// So names are compared, and made into strings, when they are first met at a place.
struct KnownElements {
    /// Without references, since one is looked at for each element of a document.
    private struct Slot {
        var place = -1
        var name: UnsafePointer<UInt8>?
        var namespace: UnsafePointer<UInt8>?
        /// Where the element leads; negative where it is not wanted.
        var node = -1
    }

    private static let slotCount = 256

    private let selection: XMLSelection

    /// An element is in one slot or in none; a later one takes the slot over.
    private var slots = [Slot](repeating: Slot(), count: slotCount)
    private var names = [(name: String, namespace: String)](repeating: ("", ""), count: slotCount)

    init(_ selection: XMLSelection) {
        self.selection = selection
    }

    /// The slot of an element that is wanted at a place, and where it leads; nil where it is not wanted.
    mutating func wanted(
        in place: Int, name: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?
    ) -> (slot: Int, node: Int)? {
        let mixed = UInt(bitPattern: name) >> 2 &+ UInt(bitPattern: namespace) >> 4 &+ UInt(place) &* 31
        let index = Int(mixed % UInt(Self.slotCount))
        let slot = slots[index]
        if slot.name != name || slot.namespace != namespace || slot.place != place {
            meet(name, namespace, in: place, at: index)
        }
        return slots[index].node < 0 ? nil : (index, slots[index].node)
    }

    /// A new record for the element in a slot.
    func record(slot: Int, _ attributes: [XMLRecord.Attribute]) -> XMLRecord {
        XMLRecord(name: names[slot].name, namespace: names[slot].namespace, attributes: attributes)
    }

    var wantedRoot: String { selection.root }

    func isRecord(_ node: Int) -> Bool { selection.nodes[node].isRecord }

    func takesText(_ node: Int) -> Bool { selection.nodes[node].isLast }

    private mutating func meet(
        _ name: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?, in place: Int, at index: Int
    ) {
        let node = selection.child(of: place, name: name, namespace: namespace)
        slots[index] = Slot(place: place, name: name, namespace: namespace, node: node ?? -1)
        guard node != nil else { return }
        names[index] = (String(cString: name), namespace.map { String(cString: $0) } ?? "")
    }
}
