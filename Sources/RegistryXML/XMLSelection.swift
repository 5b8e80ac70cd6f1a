/// What is wanted of a document: a record for each element at one path, with some of what lies inside it.
///
/// ```swift
/// XMLSelection(each: "metadata/package", taking: ["name", "version", "url"])
/// ```
///
/// A path names elements from the outside in, by local name, whatever their name space. `*` is any element, and
/// `{http://linux.duke.edu/metadata/rpm}sourcerpm` one of that name space only. Of the elements on the way, attributes
/// are taken; of the last one, its text as well.
public struct XMLSelection: Sendable {
    /// A place in the tree of wanted paths.
    struct Node: Sendable {
        var children: [(step: Step, node: Int)] = []
        var isRecord = false
        /// Whether its text is wanted.
        var isLast = false
    }

    /// One name of a path. Nil is any.
    struct Step: Hashable, Sendable {
        let name: [UInt8]?
        let namespace: [UInt8]?
    }

    private(set) var nodes = [Node()]

    public init(each record: String, taking paths: [String] = []) {
        let root = add(record, below: 0)
        nodes[root].isRecord = true
        nodes[root].isLast = paths.isEmpty
        for path in paths { nodes[add(path, below: root)].isLast = true }
    }

    private mutating func add(_ path: String, below start: Int) -> Int {
        XMLSelection.steps(of: path).reduce(start) { node, step in
            if let known = nodes[node].children.first(where: { $0.step == step }) { return known.node }
            nodes.append(Node())
            nodes[node].children.append((step, nodes.count - 1))
            return nodes.count - 1
        }
    }

    /// Splits at slashes, but not inside a name space's braces.
    private static func steps(of path: String) -> [Step] {
        var steps: [Step] = []
        var rest = path[...]
        while !rest.isEmpty {
            var namespace: [UInt8]?
            if rest.first == "{", let close = rest.firstIndex(of: "}") {
                namespace = Array(rest[rest.index(after: rest.startIndex)..<close].utf8)
                rest = rest[rest.index(after: close)...]
            }
            let name = rest.prefix { $0 != "/" }
            steps.append(Step(name: name == "*" ? nil : Array(name.utf8), namespace: namespace))
            rest = rest.dropFirst(name.count + 1)
        }
        return steps
    }

    /// Where an element leads that is met at a place; nil where it is not wanted. Both texts end with a zero.
    func child(
        of node: Int, name: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?
    ) -> Int? {
        for (step, next) in nodes[node].children where step.matches(name, namespace) { return next }
        return nil
    }
}

extension XMLSelection.Step {
    fileprivate func matches(_ name: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?) -> Bool {
        if let wanted = self.name, !isEqual(wanted, name) { return false }
        guard let wanted = self.namespace else { return true }
        return namespace.map { isEqual(wanted, $0) } ?? wanted.isEmpty
    }

    /// A zero inside `text` differs from every byte of a name, so that nothing behind it is read.
    private func isEqual(_ wanted: [UInt8], _ text: UnsafePointer<UInt8>) -> Bool {
        for index in wanted.indices where text[index] != wanted[index] { return false }
        return text[wanted.count] == 0
    }
}
