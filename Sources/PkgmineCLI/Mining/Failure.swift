package import PackageMining
import PackageStudies
import Pkgmine

/// An error as the user meets it: what happened, where, what is safe, what to do.
package struct Failure {
    package let text: String

    /// 1, but where running again may be all that is to be done.
    static func exitCode(of error: any Error) -> Int32 { error is WithheldParts ? 75 : 1 }

    /// What happened, without the rest.
    var headline: String {
        let line = text.prefix { $0 != "\n" }
        return String(line.hasPrefix("error: ") ? line.dropFirst(7) : line)
    }

    /// - Parameters:
    ///   - progress: how far the run was; nil where none had begun.
    ///   - isReplayed: whether a recording answered in place of the registry.
    package init(
        _ error: any Error, command: String, progress: RunProgress.Snapshot? = nil, isReplayed: Bool = false
    ) {
        switch error {
        case is ResultNotWritten, is NothingToAudit: text = "error: \(error)"
        case let error as StudyError: text = error.description
        default:
            let failure = MiningFailure(
                error, again: "`\(command)`", tool: PkgmineTool.toolbox.name, progress, isReplayed: isReplayed)
            text = "error: \(failure)"
        }
    }
}
