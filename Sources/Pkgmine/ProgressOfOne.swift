package import PackageMining
import Synchronization

/// One run, for whoever shows it.
package final class ProgressOfOne: Sendable {
    /// The ecosystem's.
    package let id: String
    private let progress: RunProgress
    private let session: any RegistrySession
    private let meter = Mutex(ProgressMeter())

    package init(_ id: String, _ progress: RunProgress, _ session: any RegistrySession) {
        self.id = id
        self.progress = progress
        self.session = session
    }

    /// With the speeds since the last time.
    package var facts: ProgressFacts { meter.withLock { $0.measure(progress.snapshot(), session.activity()) } }
}
