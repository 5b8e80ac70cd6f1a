package import Foundation
import MiningStore
import PackageMining

/// One list of a folder, as its state tells of it.
package struct ListRow: Sendable {
    package enum State: String, Sendable {
        /// A process works on it now.
        case running
        /// Its first run has not come to its end.
        case neverFinished = "never finished"
        /// A list is published, and the run that brings it up to date has not come to its end.
        case stopped
        /// It ends where --limit has ended it.
        case limited
        case complete
        case unreadable
        case notBegun = "not begun"
    }

    package let id: String
    package let state: State

    /// Nil where nothing is known of them.
    package var packages: Int?
    package var linked: Int?
    package var problems: Int?

    /// When the last run was finished, or the one began that is not.
    package var when: Date?

    /// What is to be done: what the ecosystem's command would do, or else.
    package var next: Next?

    /// How what was published is no longer so: whatever else is to be done, the next run writes that anew.
    package var changes: [String] = []

    package enum Next: Equatable, Sendable {
        case goOn
        case run(what: String)
        case know(String)
    }

    init(_ id: String, _ reading: ListReading) {
        switch reading {
        case .told(let status, let holder, let changes):
            self.init(id, status, holder: holder)
            self.changes = changes
        case .notBegun:
            self.init(id: id, .notBegun)
            next = .goOn
        case .unreadable:
            self.init(id: id, .unreadable)
            next = .know("`\(PkgmineTool.toolbox.name) status \(id)` says why it cannot be read")
        }
    }

    package init(id: String, _ state: State) {
        self.id = id
        self.state = state
    }

    private init(_ id: String, _ status: StateStatus, holder: String?) {
        self.init(id: id, holder == nil ? ListRow.state(of: status) : .running)
        packages = status.tally.listed + (status.finished == nil ? status.unnumbered : 0)
        linked = status.linked
        problems = status.tally.problemCounts.values.reduce(0, +)
        when = status.openRun?.began ?? status.finished
        next = holder.map { .know("\($0) works on it") } ?? ListRow.next(status)
    }

    private static func state(of status: StateStatus) -> State {
        guard status.openRun == nil, status.finished != nil else {
            return status.finished == nil ? .neverFinished : .stopped
        }
        return status.isWhole ? .complete : .limited
    }

    private static func next(_ status: StateStatus) -> Next? {
        if status.openRun != nil { return .goOn }
        if status.tally.problems[.shrunken] != nil {
            return .run(what: "reads the list anew, which had shrunk; --accept-shrinking takes it")
        }
        let again = status.tally.outcomes.filter { !$0.key.isSettled }.values.reduce(0, +)
        if again > 0 { return .run(what: "asks for \(counted(again)) once more") }
        if status.pending > 0 { return .run(what: "looks \(counted(status.pending)) up") }
        if !status.isWhole { return .run(what: "lists what --limit has left out") }
        return status.tally.problemCounts.isEmpty ? nil : .know("the problems file names what is not right")
    }

    private static func counted(_ packages: Int) -> String {
        "\(grouped(packages)) \(packages == 1 ? "package" : "packages")"
    }
}
