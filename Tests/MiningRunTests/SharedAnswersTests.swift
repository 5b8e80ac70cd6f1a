import PackageMining
import Synchronization
import Testing

@Suite("Shared answers")
struct SharedAnswersTests {
    private struct Unreachable: Error {}

    /// Counts who asks for what.
    private final class Registry: Sendable {
        private let counts = Mutex<[Int: Int]>([:])

        func ask(_ key: Int) -> Int {
            counts.withLock { $0[key, default: 0] += 1 }
            return key * 10
        }

        func count(_ key: Int) -> Int { counts.withLock { $0[key] ?? 0 } }
    }

    @Test("many who ask for one thing at once ask for it once")
    func once() async throws {
        let answers = SharedAnswers<Int, Int>(capacity: 8)
        let registry = Registry()
        let found = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await answers.answer(to: 7) {
                        await Task.yield()
                        return registry.ask(7)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found == Array(repeating: 70, count: 100))
        #expect(registry.count(7) == 1)
    }

    @Test("an error is not kept, and whoever waited asks again")
    func failure() async throws {
        let answers = SharedAnswers<Int, Int>(capacity: 8)
        let registry = Registry()
        await #expect(throws: Unreachable.self) { try await answers.answer(to: 1) { throw Unreachable() } }
        #expect(try await answers.answer(to: 1) { registry.ask(1) } == 10)
        #expect(try await answers.answer(to: 1) { registry.ask(1) } == 10)
        #expect(registry.count(1) == 1)
    }

    @Test("what is used stays, what is not goes")
    func capacity() async throws {
        let answers = SharedAnswers<Int, Int>(capacity: 8)
        let registry = Registry()
        for key in 0..<100 {
            _ = try await answers.answer(to: 0) { registry.ask(0) }
            _ = try await answers.answer(to: key) { registry.ask(key) }
        }
        #expect(registry.count(0) == 1)
        _ = try await answers.answer(to: 1) { registry.ask(1) }
        #expect(registry.count(1) == 2)
    }
}
