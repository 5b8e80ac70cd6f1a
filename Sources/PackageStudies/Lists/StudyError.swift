import PackageMining

/// Why a study cannot be made. Shown to the user as it is.
public enum StudyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadable(String, String)
    /// A list is not one: which file, which line from 1, and why.
    case malformed(String, line: Int, String)
    /// The output folder cannot take the study.
    case output(String, String)
    /// The study was asked for in a way that cannot be answered.
    case wrongUse(String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            """
            error: a list could not be read
              at: \(printable(path))
              because: \(printable(reason))
              saved: nothing was written

            hint: check the path and the file
            """
        case .malformed(let path, let line, let reason):
            """
            error: a list could not be read
              at: \(printable(path)), line \(line)
              because: \(printable(reason))
              saved: nothing was written

            hint: a list is UTF-8 CSV (RFC 4180) with the columns Package ID, Platform, Name, Homepage, Repository
            """
        case .output(let path, let reason):
            """
            error: the study could not be written
              at: \(printable(path))
              because: \(printable(reason))
              saved: the lists are untouched

            hint: name another folder with --output-dir
            """
        case .wrongUse(let reason):
            "error: \(printable(reason))"
        }
    }
}
