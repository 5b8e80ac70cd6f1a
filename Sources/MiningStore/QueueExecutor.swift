import Dispatch

/// Runs an actor's work on a queue of its own.
///
/// SQLite blocks the thread that calls it. On a machine of two cores Swift's pool has two threads, and a store that
/// took one of them would stop half of the run.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label, qos: .userInitiated)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
