import Foundation
import PackageMining

/// Why a study cannot be made. Shown to the user as it is.
public enum StudyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadable(String, String)
    /// A list is not one: which file, which line from 1, why, and what to do.
    case malformed(String, line: Int, String, hint: String = whatAListIs)
    /// A file or folder cannot take the study.
    case output(String, String)
    /// The study was asked for in a way that cannot be answered.
    case wrongUse(String)

    /// Runs `body`, with a file that cannot be written told as the study's.
    static func ofOutput(_ body: () throws -> Void) throws {
        do { try body() } catch let error as OutputError {
            throw StudyError.output(error.file.path, error.reason)
        }
    }

    public static let whatAListIs =
        "a list is UTF-8 CSV (RFC 4180) with the columns \(ListHeader.standard.columns.joined(separator: ", "))"

    public var description: String { told(saved: "nothing was written") }

    /// The same where something was written before.
    public func told(saved: String) -> String {
        switch self {
        case .unreadable(let path, let reason):
            """
            error: a list could not be read
              at: \(printable(path))
              because: \(printable(reason))
              saved: \(saved)

            hint: check the path and the file
            """
        case .malformed(let path, let line, let reason, let hint):
            """
            error: a list could not be read
              at: \(printable(path)), line \(line)
              because: \(printable(reason))
              saved: \(saved)

            hint: \(hint)
            """
        case .output(let path, let reason):
            """
            error: the study could not be written
              at: \(printable(path))
              because: \(printable(reason))
              saved: the lists are untouched

            hint: make room or give write permission there, or name another place
            """
        case .wrongUse(let reason):
            "error: \(printable(reason))"
        }
    }
}
