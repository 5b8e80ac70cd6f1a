import ContentInflation

/// How many bytes a gzip stream inflates to, the first of them, and whether the stream has its end.
func inflated(_ bytes: [UInt8], keeping limit: Int = 1 << 20) -> (count: Int, bytes: [UInt8], isComplete: Bool) {
    var kept: [UInt8] = []
    var count = 0
    do {
        let decoder = try GzipDecoder()
        var taken = 0
        while case let piece = try decoder.decode(bytes, from: &taken, atMost: 1 << 20), !piece.isEmpty {
            kept += piece.prefix(limit - kept.count)
            count += piece.count
        }
        return (count, kept, decoder.mayEnd)
    } catch {
        return (count, kept, false)
    }
}
