import Foundation
import MiningStore
package import PackageMining
import PackageStudies
import RegistryHTTP

/// An error as the user meets it: what happened, where, what is safe, what to do.
///
/// What another run cannot mend never says to run again, and what had not arrived is not said to be saved.
package struct Failure {
    package let text: String

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
        case is StateError, is OutputError, is FileOfAnother, is ResultNotWritten, is OutputFolderUnusable,
            is NothingToAudit:
            text = "error: \(error)"
        case let error as WireError where error.category == .banned:
            text = Failure.told(
                "the registry has locked this machine out for a while", at: error.url, "\(error)", progress,
                isReplayed ? replayHint : "to ask on would make it longer; \(Failure.later(error, command))")
        case let error as WireError:
            text = Failure.told(error, progress, isReplayed ? replayHint : Failure.hint(error, command))
        case let error as StudyError: text = error.description
        case let error as BrokenProof:
            text = Failure.told(
                "the proof does not hold", at: error.url, "\(error)", progress,
                "nothing was published. Run `\(command)` again: what is right is not asked for again. If it ends here once "
                    + "more, what is asked is not what it says it is")
        case let error as WrongClock:
            text = Failure.told(
                "the clock is wrong", "\(error)", progress, "set the clock of this machine, then run `\(command)`")
        case let error as RegistryIsDown:
            text = Failure.told(
                "the registry does not answer", "\(error)", progress, "run `\(command)` again later to go on from there"
            )
        case let error as ServiceRefuses:
            text = Failure.told(
                "a service refuses every look-up", at: error.url, "\(error)", progress,
                "none of that was taken for an answer. See that the address is right and that it may be asked from here, "
                    + "then run `\(command)` with it; --no-resolve lists names without asking it")
        case let error as RecordingError:
            text = Failure.told(
                "the recording could not be used", "\(error)", progress,
                "give --record a folder that has room and can be written, and --replay the folder of a whole recording")
        case let error as CocoaError:
            text = Failure.told(
                "a file could not be used", at: error.userInfo[NSFilePathErrorKey] as? String, systemReason(error),
                progress, "mend that, then run `\(command)`")
        default:
            text = Failure.told(
                "the run could not go on", "\(error)", progress,
                "if `\(command)` ends here once more, it is a fault of \(PkgmineTool.toolbox.name): report it with this "
                    + "text")
        }
    }

    private static func told(_ error: WireError, _ progress: RunProgress.Snapshot?, _ hint: String) -> String {
        let isBegun = progress.map { $0.pages > 0 || $0.hasEarlier } ?? false
        return told(
            "the registry's list could not be read\(isBegun ? " on" : "")", at: error.url, "\(error)", progress, hint)
    }

    private static func hint(_ error: WireError, _ command: String) -> String {
        switch error.category {
        case .throttled, .banned: later(error, command)
        case .unreachable: "if the address is right, run `\(command)` again later to go on from there"
        case .malformed where error.isWorthRetrying:
            "if the address is right, run `\(command)` again later to go on from there: the registry may be at work"
        case .refused where error.status == 401 || error.status == 403:
            "see that the registry may be asked from here; it may want credentials, as user and password of the address"
        case .refused where error.status == nil:
            "see that the address is right; the authority of a private registry is given with --ca-file"
        case .outdated: "what answers there lags behind, as a cache or a mirror may: run `\(command)` again later"
        case .absent, .refused, .malformed, .tooLarge, .cancelled:
            "see that the address is right: asked again, it answers the same"
        }
    }

    private static func later(_ error: WireError, _ command: String) -> String {
        guard let time = error.mayBeAskedAt else { return "run `\(command)` again later to go on from there" }
        return "run `\(command)` again to go on from there, not before \(time.formatted(.iso8601))"
    }

    private static func told(
        _ what: String, at place: String? = nil, _ reason: String, _ progress: RunProgress.Snapshot?, _ hint: String
    ) -> String {
        let place = place.flatMap { $0.isEmpty ? nil : "  at: \(printable($0))\n" } ?? ""
        return """
            error: \(what)
            \(place)  because: \(printable(reason, limit: 1_000))
              saved: \(progress?.saved ?? "what was stored before; no run has begun")

            hint: \(hint)
            """
    }
}

private let replayHint =
    "a recording answers what was asked when it was made: give the options of that run, or record anew"

extension RunProgress.Snapshot {
    /// Whether an earlier run has stored something, in which case it is gone on from.
    fileprivate var hasEarlier: Bool { isResumed || isUpdate }

    /// What a run that has stopped here leaves behind.
    fileprivate var saved: String {
        let arrived = [
            (entries, "entries listed"), (lookedUp, "packages looked up"), (auditedEntries, "records verified"),
        ].filter { $0.0 > 0 }
            .map { "\(grouped($0.0)) \($0.1)" }
        if arrived.isEmpty {
            return hasEarlier ? "what was stored before; nothing new had arrived" : "nothing had arrived yet"
        }
        return "all that had arrived: \(arrived.joined(separator: ", "))\(publishedInWords)"
    }

    /// What is published of a run that has stopped; nothing where nothing is.
    var publishedInWords: String {
        isPublishedSoFar ? "; the list is published with what is known by now" : ""
    }
}
