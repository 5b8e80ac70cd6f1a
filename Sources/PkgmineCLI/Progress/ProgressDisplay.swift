import Foundation
import Synchronization

/// What a display shows: a run, or several.
protocol ProgressContent: Sendable {
    /// What is drawn over again and again, at the bottom of a terminal of so many rows.
    func live(rows: Int) -> [String]

    /// Lines for a log, since the last time.
    func plain() -> [String]

    /// An object a line, for programs that watch it.
    func json() throws -> [String]
}

/// Shows progress on stderr until it is told to stop.
final class ProgressDisplay: Sendable {
    private let style: ProgressStyle
    private let content: any ProgressContent
    private let bar = Mutex(LiveLines())

    init(of content: any ProgressContent, as style: ProgressStyle) {
        self.style = style == .auto ? (isatty(STDERR_FILENO) == 1 ? .bar : .plain) : style
        self.content = content
    }

    /// Shows it again and again; returns when the task is cancelled.
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

    /// Writes text that stays, above what is drawn over.
    func tell(_ text: String) {
        bar.withLock { bar in
            bar.clear()
            printError(text)
        }
    }

    private var interval: Duration {
        switch style {
        case .bar: .milliseconds(200)
        case .json: .seconds(1)
        case .auto, .plain, .none: .seconds(10)
        }
    }

    private func show() throws {
        switch style {
        case .bar:
            let terminal = Terminal()
            bar.withLock { $0.draw(content.live(rows: terminal.rows), columns: terminal.columns) }
        case .json: for line in try content.json() { printError(line) }
        case .plain, .auto: for line in content.plain() { printError(line) }
        case .none: break
        }
    }
}

/// How large the terminal is that stderr is.
private struct Terminal {
    let rows: Int
    let columns: Int

    /// 24 rows of 80 columns where it does not say.
    init() {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 && size.ws_col > 0
        rows = isKnown ? Int(size.ws_row) : 24
        columns = isKnown ? Int(size.ws_col) : 80
    }
}

/// Lines at the bottom of a terminal that are drawn over.
private struct LiveLines {
    private var drawn = 0

    /// A line that is as wide as the terminal would be two.
    mutating func draw(_ lines: [String], columns: Int) {
        var text = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        for line in lines { text += "\r\u{1B}[2K" + line.prefix(max(1, columns - 1)) + "\n" }
        // Fewer than before: what is left below is cleared.
        if lines.count < drawn { text += "\u{1B}[J" }
        writeError(text)
        drawn = lines.count
    }

    mutating func clear() {
        if drawn > 0 { writeError("\u{1B}[\(drawn)A\r\u{1B}[J") }
        drawn = 0
    }

    mutating func leave() {
        drawn = 0
    }
}
