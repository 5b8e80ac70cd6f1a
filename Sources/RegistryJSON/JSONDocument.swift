import CRegistryJSON
import Synchronization

/// simdjson's parser with the tree of the document that it read last.
final class JSONDocument: Sendable {
    /// The tree is written by ``read(_:)`` alone, which is called while nobody else has the document. All else reads.
    private nonisolated(unsafe) let handle: OpaquePointer

    init() { handle = IdleParsers.take() }

    deinit { IdleParsers.giveBack(handle) }

    /// Reads a document in the place of that before, whose values mean nothing from then on: nobody may have any, nor
    /// this document itself.
    func read(_ body: [UInt8]) throws(JSONError) -> registry_json_value {
        var root = registry_json_value()
        let code = body.withUnsafeBytes { bytes in
            bytes.baseAddress.map {
                registry_json_document_read(handle, $0.assumingMemoryBound(to: CChar.self), bytes.count, &root)
            }
        }
        guard code == 0 else { throw JSONError(code ?? JSONError.emptyCode) }
        return root
    }
}

/// Parsers that nobody has now: having memory for the next document takes longer than reading it.
private enum IdleParsers {
    /// `@unchecked Sendable`: nobody has it while it is here, and whoever takes it has it alone.
    private struct Parser: @unchecked Sendable { let handle: OpaquePointer }

    private static let parsers = Mutex<[Parser]>([])
    private static let most = 4
    private static let largestCapacity = 2 << 20

    static func take() -> OpaquePointer {
        // It fails only where the process cannot have 100 bytes, and Swift itself ends then.
        parsers.withLock { $0.popLast() }?.handle ?? registry_json_document_make()!
    }

    static func giveBack(_ handle: OpaquePointer) {
        let parser = Parser(handle: handle)
        let isKept = parsers.withLock { idle in
            guard idle.count < most, registry_json_document_capacity(parser.handle) <= largestCapacity else {
                return false
            }
            idle.append(parser)
            return true
        }
        if !isKept { registry_json_document_free(handle) }
    }
}
