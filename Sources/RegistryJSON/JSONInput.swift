import CRegistryJSON

/// The bytes of a document that have arrived and are not read yet.
struct JSONInput {
    private var bytes: [UInt8] = []
    private var taken = 0
    private var before: Int64 = 0
    private var scan = registry_json_scan()

    /// What ends elements, as it was found last: one place behind another, counted from the first byte not taken.
    private(set) var ends: [Int] = []

    /// How many bytes of the document were taken.
    var offset: Int64 { before + Int64(taken) }

    var count: Int { bytes.count - taken }

    var held: Int { bytes.count }

    var first: UInt8? { taken < bytes.count ? bytes[taken] : nil }

    mutating func feed(_ chunk: [UInt8]) {
        if taken == bytes.count {
            before += Int64(taken)
            (bytes, taken) = (chunk, 0)
            return
        }
        // A large element that arrives in many chunks stays at the front and is moved once.
        if taken > 0 {
            before += Int64(taken)
            bytes.removeSubrange(..<taken)
            taken = 0
        }
        bytes += chunk
    }

    /// The bytes up to a place, counted from the first that is not taken.
    func prefix(_ count: Int) -> ArraySlice<UInt8> { bytes[taken..<taken + count] }

    mutating func take(_ count: Int) {
        taken += count
        scan = registry_json_scan()
    }

    mutating func skipSpace() {
        while let byte = first, isJSONSpace(byte) { taken += 1 }
    }

    /// Looks for what ends elements, from where it stopped the last time.
    ///
    /// - Parameters:
    ///   - most: how many ends are enough.
    ///   - enough: behind how many bytes an end is the last to look for.
    mutating func findEnds(most: Int, enough: Int) {
        ends = bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return [] }
            return [Int](unsafeUninitializedCapacity: most) { found, count in
                count = registry_json_scan_ends(
                    &scan, (base + taken).assumingMemoryBound(to: CChar.self), bytes.count - taken, enough,
                    found.baseAddress, most)
            }
        }
    }

    /// Whether the last of the ends is a closing bracket.
    var isClosed: Bool { scan.is_closed }

    subscript(_ place: Int) -> UInt8 { bytes[taken + place] }
}

func isJSONSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
