public import Foundation
public import PackageMining

/// Why a run has ended before its end: what happened, where, what is safe, what to do.
///
/// The words are those of the command. Where they name an option of it, the same is a property of what was run.
public struct MiningFailure: LocalizedError, CustomStringConvertible {
    /// The error itself.
    public let cause: any Error

    /// How far the run was; nil where none had begun.
    public let progress: RunProgress.Snapshot?

    /// In lines, as the command tells it.
    public let description: String

    public var errorDescription: String? { description }

    init(_ cause: any Error, _ progress: RunProgress.Snapshot? = nil) {
        self.init(cause, again: "the same call", tool: "pkgmine", progress)
    }

    /// - Parameters:
    ///   - again: what goes on when it is run again, as a hint calls it.
    ///   - tool: whose fault an error is that nobody has foreseen.
    ///   - isReplayed: whether a recording answered in place of the registry.
    package init(
        _ cause: any Error, again: String, tool: String, _ progress: RunProgress.Snapshot?, isReplayed: Bool = false
    ) {
        self.cause = cause
        self.progress = progress
        let words = FailureWords(again: again, tool: tool, progress: progress, isReplayed: isReplayed)
        description = words.text(of: cause)
    }
}
