/// What is wanted of a document: a record for each element at one path, with some of what lies inside it.
///
/// ```swift
/// XMLSelection(each: "metadata/package", taking: ["name", "version", "url"])
/// ```
///
/// A path names elements from the outside in, by local name, whatever their name space. `*` is any element, and
/// `{http://linux.duke.edu/metadata/rpm}sourcerpm` one of that name space only. Of the elements on the way, attributes
/// are taken; of the last one, its text as well.
///
/// The path's first name is that of the outermost element: a document that has another one is not the one that was
/// asked for, and is refused. Of a list that would be taken for an empty one nothing else could be told.
public struct XMLSelection: Sendable {
    /// A place in the tree of wanted paths.
    struct Node: Sendable {
        var children: [Child] = []
        var isRecord = false
        /// Whether its text is wanted.
        var isLast = false
    }

    /// A way on, its names in `text`: without references, since it is looked at for each element of a document.
    struct Child: Sendable {
        let name: Range<Int>?
        let namespace: Range<Int>?
        let node: Int
    }

    /// One name of a path. Nil is any.
    struct Step: Hashable, Sendable {
        let name: [UInt8]?
        let namespace: [UInt8]?
    }

    private(set) var nodes = [Node()]

    /// All names, one behind another.
    private var text: [UInt8] = []

    public init(each record: String, taking paths: [String] = []) {
        let root = add(record, below: 0)
        nodes[root].isRecord = true
        nodes[root].isLast = paths.isEmpty
        for path in paths { nodes[add(path, below: root)].isLast = true }
    }

    /// The name of the outermost element, with its name space where that is wanted; `*` for any.
    var root: String {
        guard let child = nodes[0].children.first else { return "*" }
        let step = step(child)
        let namespace = step.namespace.map { "{\(String(decoding: $0, as: UTF8.self))}" } ?? ""
        return namespace + (step.name.map { String(decoding: $0, as: UTF8.self) } ?? "*")
    }

    private mutating func add(_ path: String, below start: Int) -> Int {
        XMLSelection.steps(of: path).reduce(start) { node, step in
            if let known = nodes[node].children.first(where: { self.step($0) == step }) { return known.node }
            nodes.append(Node())
            let child = Child(name: keep(step.name), namespace: keep(step.namespace), node: nodes.count - 1)
            nodes[node].children.append(child)
            return nodes.count - 1
        }
    }

    private func step(_ child: Child) -> Step {
        Step(name: child.name.map { Array(text[$0]) }, namespace: child.namespace.map { Array(text[$0]) })
    }

    private mutating func keep(_ name: [UInt8]?) -> Range<Int>? {
        guard let name else { return nil }
        text += name
        return text.count - name.count..<text.count
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
        for child in nodes[node].children {
            if let wanted = child.name, !isEqual(wanted, name) { continue }
            guard let wanted = child.namespace else { return child.node }
            if namespace.map({ isEqual(wanted, $0) }) ?? wanted.isEmpty { return child.node }
        }
        return nil
    }

    /// A zero inside the wanted name differs from every byte of a name, so that nothing behind it is read.
    private func isEqual(_ wanted: Range<Int>, _ name: UnsafePointer<UInt8>) -> Bool {
        for index in wanted where name[index - wanted.lowerBound] != text[index] { return false }
        return name[wanted.count] == 0
    }
}
