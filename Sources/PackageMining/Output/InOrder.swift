import Foundation

/// Works on elements side by side, one more than there are processors, and hands the results over in the elements'
/// order.
///
/// What is done but cannot be handed over yet counts as work: no more results than that are held at once.
package func inOrder<Element: Sendable, Result: Sendable>(
    _ elements: some Sequence<Element>, work: @escaping @Sendable (Element) async throws -> Result,
    take: (Result) throws -> Void
) async throws {
    let width = ProcessInfo.processInfo.activeProcessorCount + 1
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var elements = elements.enumerated().makeIterator()
        var done: [Int: Result] = [:]
        var taken = 0
        func begin() {
            guard let (index, element) = elements.next() else { return }
            group.addTask { (index, try await work(element)) }
        }
        for _ in 0..<width { begin() }
        while let (index, result) = try await group.next() {
            done[index] = result
            while let next = done.removeValue(forKey: taken) {
                taken += 1
                begin()
                try take(next)
            }
        }
    }
}
