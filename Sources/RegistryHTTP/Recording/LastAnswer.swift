import PackageMining
import Synchronization

/// The answer that `read` was last called with, and whether `read` has refused it for good.
final class LastAnswer: Sendable {
    private let kept = Mutex<(response: Response?, wasRefused: Bool)>((nil, false))

    var response: Response? { kept.withLock { $0.response } }
    var wasRefused: Bool { kept.withLock { $0.wasRefused } }

    func read<Answer>(_ response: Response, _ read: (Response) throws -> Answer) throws -> Answer {
        kept.withLock { $0.response = response }
        do {
            return try read(response)
        } catch {
            let isFinal = (error as? WireError)?.isWorthRetrying != true
            kept.withLock { $0.wasRefused = isFinal }
            throw error
        }
    }
}
