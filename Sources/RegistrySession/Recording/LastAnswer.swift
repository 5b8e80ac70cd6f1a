import PackageMining
import Synchronization

/// The answer that `read` was last called with.
final class LastAnswer: Sendable {
    private let kept = Mutex<Response?>(nil)

    var response: Response? { kept.withLock { $0 } }

    func keep(_ response: Response) {
        kept.withLock { $0 = response }
    }
}
