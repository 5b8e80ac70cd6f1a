import CRegistryJSON

/// simdjson's parser with the tree of the document that it read last.
final class JSONDocument: Sendable {
    /// The tree is written by ``read(_:)`` alone, which is called while nobody else has the document. All else reads.
    private nonisolated(unsafe) let handle: OpaquePointer

    init() {
        // It fails only where the process cannot have 100 bytes, and Swift itself ends then.
        handle = registry_json_document_make()!
    }

    deinit { registry_json_document_free(handle) }

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
