/// How the look-ups of packages of the list ended, on the way from the store to a file, their texts in one buffer one
/// behind another.
public struct OutcomeRows: Sendable {
    package struct Row: Sendable {
        package let start: Int
        package let nameEnd: Int
        package let releaseEnd: Int

        /// Nil where it was not looked up.
        package let outcome: Outcome?

        /// When the run began that has looked it up, in seconds since 1970 UTC; nil where that is not known.
        package let asked: Int?
    }

    package private(set) var text: [UInt8] = []
    package private(set) var rows: [Row] = []

    package init(reserving count: Int = 0) {
        rows.reserveCapacity(count)
        text.reserveCapacity(count * 60)
    }

    /// Adds a row.
    ///
    /// - Parameter release: the one that the look-up was for, as the list told of it.
    package mutating func append(
        name: UnsafeRawBufferPointer, _ outcome: Outcome?, asked: Int?, release: UnsafeRawBufferPointer
    ) {
        let start = text.count
        text.append(contentsOf: name)
        let nameEnd = text.count
        text.append(contentsOf: release)
        rows.append(Row(start: start, nameEnd: nameEnd, releaseEnd: text.count, outcome: outcome, asked: asked))
    }
}
