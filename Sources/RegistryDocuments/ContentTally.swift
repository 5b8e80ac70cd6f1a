import ContentDigest

/// Takes the checksum and the size of content that passes.
struct ContentTally {
    private let told: FileChecksum
    private let digest: Digest
    private var size: Int64 = 0

    init(_ told: FileChecksum) throws {
        self.told = told
        digest = try Digest(told.algorithm)
    }

    mutating func take(_ bytes: [UInt8]) {
        digest.update(bytes)
        size += Int64(bytes.count)
    }

    /// How the content differs from what the registry says of it, in words; nil where it does not.
    func difference() -> String? {
        let found = digest.finish()
        if found != told.value { return "\(told.algorithm.rawValue) is \(found), the registry says \(told.value)" }
        guard let wanted = told.size, wanted != size else { return nil }
        return "size is \(size) bytes, the registry says \(wanted)"
    }
}
