import ArgumentParser
import Foundation
import PackageMining

/// A line on stderr.
func printError(_ text: String) {
    writeError(text + "\n")
}

/// Text on stderr. Where stderr is closed or full there is nobody to tell, and the run goes on.
func writeError(_ text: String) {
    do {
        try FileHandle.standardError.write(contentsOf: Data(text.utf8))
    } catch {
        return
    }
}

/// A line on stdout, where results go.
///
/// - Throws: `ResultNotWritten` where nobody can read it.
func printResult(_ text: String) throws { try writeResult(Array((text + "\n").utf8)) }

/// The same of bytes as they are.
func writeResult(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if written < 0, errno == EINTR { continue }
        if written < 0 {
            throw ResultNotWritten(reason: errno == EBADF ? "it is closed" : String(cString: strerror(errno)))
        }
        rest = rest.dropFirst(written)
    }
}

/// What was to be told on stdout could not be.
struct ResultNotWritten: Error, CustomStringConvertible {
    let reason: String

    /// Where a run had ended well: the list that it made.
    var list: String?

    var description: String {
        """
        the result could not be written to stdout
          at: stdout
          because: \(printable(reason))
          saved: everything\(list.map { "; the list is \(printable($0, limit: 4_096))" } ?? "")

        hint: give a stdout that can be written
        """
    }
}

/// Tells why `body` failed on stderr, and ends the command with 1.
func orExit<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as ResultNotWritten {
        printError("error: \(error)")
        throw ExitCode(1)
    }
}
