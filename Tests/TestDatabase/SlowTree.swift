import ContentDigest
import Foundation

/// The tree over records as RFC 6962, section 2.1, defines it, word for word.
public struct SlowTree: Sendable {
    private let leaves: [[UInt8]]

    public init(_ records: [String]) {
        leaves = records.map { sha256([0] + Array($0.utf8)) }
    }

    public var size: Int { leaves.count }

    public func leaf(_ number: Int) -> [UInt8] { leaves[number] }

    /// The root over some of the records.
    public func root(_ range: Range<Int>) -> [UInt8] {
        if range.isEmpty { return sha256([]) }
        if range.count == 1 { return leaves[range.lowerBound] }
        var half = 1
        while half * 2 < range.count { half *= 2 }
        let middle = range.lowerBound + half
        return sha256([1] + root(range.lowerBound..<middle) + root(middle..<range.upperBound))
    }
}

func sha256(_ bytes: [UInt8]) -> [UInt8] {
    guard let digest = try? Digest(.sha256) else { preconditionFailure("no SHA-256") }
    digest.update(bytes)
    var hash = [UInt8](repeating: 0, count: 32)
    hash.withUnsafeMutableBytes { digest.finish(into: $0) }
    return hash
}
