import Foundation
import MiningStore
import PackageMining
import RegistryHTTP

/// An error in words: what happened, where, what is safe, what to do.
///
/// What another run cannot mend never says to run again, and what had not arrived is not said to be saved.
struct FailureWords {
    /// What goes on when it is run again: "`pkgmine go`".
    let again: String
    let tool: String
    let progress: RunProgress.Snapshot?
    let isReplayed: Bool

    func text(of error: any Error) -> String {
        switch error {
        case is StateError, is OutputError, is FileOfAnother, is OutputFolderUnusable, is OptionsUnusable: "\(error)"
        case let error as WireError: text(of: error)
        case let error as WithheldParts:
            told(
                "\(grouped(error.parts.count)) \(error.parts.count == 1 ? "part" : "parts") of the list could not be had",
                "\(error)",
                "nothing was published, since Package IDs are given once and in order. Run \(again) again: it asks for "
                    + "that, and for what is new")
        case let error as BrokenProof:
            told(
                "the proof does not hold", at: error.url, "\(error)",
                "nothing was published. Run \(again) again: what is right is not asked for again. If it ends here once "
                    + "more, what is asked is not what it says it is")
        case let error as WrongClock:
            told("the clock is wrong", "\(error)", "set the clock of this machine, then run \(again)")
        case let error as RegistryIsDown:
            told("the registry does not answer", "\(error)", "run \(again) again later to go on from there")
        case let error as ServiceRefuses:
            told(
                "a service refuses every look-up", at: error.url, "\(error)",
                "none of that was taken for an answer. See that the address is right and that it may be asked from here, "
                    + "then run \(again) with it; --no-resolve lists names without asking it")
        case let error as RecordingError:
            told(
                "the recording could not be used", "\(error)",
                "give --record a folder that has room and can be written, and --replay the folder of a whole recording")
        case let error as CocoaError:
            told(
                "a file could not be used", at: error.userInfo[NSFilePathErrorKey] as? String, systemReason(error),
                "mend that, then run \(again)")
        default:
            told(
                "the run could not go on", "\(error)",
                "if \(again) ends here once more, it is a fault of \(tool): report it with this text")
        }
    }

    private func text(of error: WireError) -> String {
        if error.category == .banned {
            return told(
                "the registry has locked this machine out for a while", at: error.url, "\(error)",
                isReplayed ? replayHint : "to ask on would make it longer; \(later(error))")
        }
        let isBegun = progress.map { $0.pages > 0 || $0.hasEarlier } ?? false
        return told(
            "the registry's list could not be read\(isBegun ? " on" : "")", at: error.url, "\(error)",
            isReplayed ? replayHint : hint(error))
    }

    private func hint(_ error: WireError) -> String {
        switch error.category {
        case .throttled, .banned: later(error)
        case .unreachable: "if the address is right, run \(again) again later to go on from there"
        case .malformed where error.isWorthRetrying:
            "if the address is right, run \(again) again later to go on from there: the registry may be at work"
        case .refused where error.status == 401 || error.status == 403:
            "see that the registry may be asked from here; it may want credentials, as user and password of the address"
        case .refused where error.status == nil:
            "see that the address is right; the authority of a private registry is given with --ca-file"
        case .outdated: "what answers there lags behind, as a cache or a mirror may: run \(again) again later"
        case .absent, .refused, .malformed, .tooLarge, .cancelled:
            "see that the address is right: asked again, it answers the same"
        }
    }

    private func later(_ error: WireError) -> String {
        guard let time = error.mayBeAskedAt else { return "run \(again) again later to go on from there" }
        return "run \(again) again to go on from there, not before \(time.formatted(.iso8601))"
    }

    private func told(_ what: String, at place: String? = nil, _ reason: String, _ hint: String) -> String {
        let place = place.flatMap { $0.isEmpty ? nil : "  at: \(printable($0))\n" } ?? ""
        return """
            \(what)
            \(place)  because: \(printable(reason, limit: 1_000))
              saved: \(progress?.saved ?? "what was stored before; no run has begun")

            hint: \(hint)
            """
    }
}

private let replayHint =
    "a recording answers what was asked when it was made: give the options of that run, or record anew"
