import PackageMining
import Synchronization

/// One run, for the display.
final class ProgressOfOne: ProgressContent {
    private let id: String
    private let progress: RunProgress
    private let session: any RegistrySession
    private let meter = Mutex(ProgressMeter())

    init(_ id: String, _ progress: RunProgress, _ session: any RegistrySession) {
        self.id = id
        self.progress = progress
        self.session = session
    }

    func live(rows: Int) -> [String] { ProgressText(facts, id).lines }
    func plain() -> [String] { [ProgressText(facts, id).plain] }
    func json() throws -> [String] { [try ProgressJSON(facts, id).line()] }

    /// With the speeds since the last time.
    var facts: ProgressFacts { meter.withLock { $0.measure(progress.snapshot(), session.activity()) } }
}
