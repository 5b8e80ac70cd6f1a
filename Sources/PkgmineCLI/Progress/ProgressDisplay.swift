import Foundation
import PackageMining
import Synchronization

/// Shows a run's progress on stderr until it is told to stop.
final class ProgressDisplay: Sendable {
    private let style: ProgressStyle
    private let ecosystem: Ecosystem
    private let progress: RunProgress
    private let session: any RegistrySession
    private let meter = Mutex(ProgressMeter())
    private let bar = Mutex(LiveLines())

    init(style: ProgressStyle, ecosystem: Ecosystem, progress: RunProgress, session: any RegistrySession) {
        self.style = style == .auto ? (isatty(STDERR_FILENO) == 1 ? .bar : .plain) : style
        self.ecosystem = ecosystem
        self.progress = progress
        self.session = session
    }

    /// Shows the run again and again; returns when the task is cancelled.
    func run() async {
        guard style != .none else { return }
        do {
            while true {
                try await Task.sleep(for: interval)
                try show()
            }
        } catch {
            // The run has ended, and its summary follows.
        }
    }

    /// Shows the end, and leaves the cursor below.
    func finish() throws {
        guard style != .none else { return }
        try show()
        if style == .bar { bar.withLock { $0.leave() } }
    }

    private var interval: Duration {
        switch style {
        case .bar: .milliseconds(200)
        case .json: .seconds(1)
        case .auto, .plain, .none: .seconds(10)
        }
    }

    private func show() throws {
        let facts = meter.withLock { $0.measure(progress.snapshot(), session.activity()) }
        switch style {
        case .bar: bar.withLock { $0.draw(ProgressText(facts, ecosystem.id).lines) }
        case .json: printError(try ProgressJSON(facts, ecosystem.id).line())
        case .plain, .auto: printError(ProgressText(facts, ecosystem.id).plain)
        case .none: break
        }
    }
}

/// Lines at the bottom of a terminal that are drawn over.
private struct LiveLines {
    private var drawn = 0

    mutating func draw(_ lines: [String]) {
        var text = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        for line in lines { text += "\r\u{1B}[2K" + line + "\n" }
        writeError(text)
        drawn = lines.count
    }

    mutating func leave() {
        drawn = 0
    }
}
