import Foundation
import MiningStore
import PackageMining

/// An error as the user meets it: what happened, where, what is safe, what to do.
struct Failure {
    let text: String

    init(_ error: any Error, command: String) {
        text =
            switch error {
            case let error as StateError: "error: \(error)"
            case let error as OutputError: "error: \(error)"
            case let error as ResultNotWritten: "error: \(error)"
            case let error as WrongClock: Failure.told("the clock is wrong", at: nil, "\(error)", command)
            case let error as RegistryIsDown: Failure.told("the registry does not answer", at: nil, "\(error)", command)
            case let error as WireError:
                Failure.told("the registry's list could not be read on", at: error.url, "\(error)", command)
            case let error as CocoaError:
                Failure.told(
                    "a file could not be used", at: error.userInfo[NSFilePathErrorKey] as? String,
                    systemReason(error), command)
            default: Failure.told("the run could not go on", at: nil, "\(error)", command)
            }
    }

    private static func told(_ what: String, at place: String?, _ reason: String, _ command: String) -> String {
        """
        error: \(what)
        \(place.map { "  at: \(printable($0))\n" } ?? "")  because: \(printable(reason, limit: 1_000))
          saved: all that had arrived before

        hint: run `\(command)` again to go on from there
        """
    }
}
