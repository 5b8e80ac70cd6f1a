extension Checkpoint {
    /// Sets the rows of all Package IDs, portions of them side by side, and hands the texts over in order.
    ///
    /// - Returns: how many rows there are.
    func eachPortion(
        set: @escaping @Sendable (Range<PackageID>) async throws -> (text: [UInt8], rows: Int),
        take: ([UInt8]) throws -> Void
    ) async throws -> Int {
        var count = 0
        let last = try await lastPackageID()?.rawValue ?? 0
        let portion = portion(of: last)
        try await inOrder(stride(from: 1, through: last, by: portion)) { first in
            let end = min(first + portion, last + 1)
            return try await set(PackageID(rawValue: first)..<PackageID(rawValue: end))
        } take: { done in
            count += done.rows
            try take(done.text)
        }
        return count
    }
}

/// How many rows are read and set at once: of a list of millions so many that nothing is lost by beginning anew each time,
/// of a short one no more than a small part of what the run needs anyway.
private func portion(of rows: Int) -> Int { min(max(2_000, rows / 50), 20_000) }
