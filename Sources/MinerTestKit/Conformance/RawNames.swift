import Synchronization

/// Names that are no UTF-8, for a fixture whose registry holds its names as text: there another name stands for each,
/// and the bytes come into the answers on their way out.
public final class RawNames: Sendable {
    private let names = Mutex<[[UInt8]]>([])
    private static let prefix = "stands-for-raw-name-"

    public init() {}

    /// Takes names, and returns those that stand for them.
    public func add(_ added: [[UInt8]]) -> [String] {
        names.withLock { names in
            names += added
            return names.indices.suffix(added.count).map { "\(Self.prefix)\($0)-" }
        }
    }

    /// Whether a name stands for another one.
    public static func isOne(_ name: String) -> Bool { name.hasPrefix(prefix) }

    /// The answer with the names themselves in it.
    public func put(into answer: LoopbackAnswer) -> LoopbackAnswer {
        var answer = answer
        for (index, name) in names.withLock(\.self).enumerated() {
            let parts = answer.body.split(
                separator: Array("\(Self.prefix)\(index)-".utf8), omittingEmptySubsequences: false)
            answer.body = Array(parts.joined(separator: name))
        }
        return answer
    }
}
