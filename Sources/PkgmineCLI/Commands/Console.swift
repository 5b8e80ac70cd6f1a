import Foundation

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
/// - Throws: `ResultNotWritten` where nobody reads it any more.
func printResult(_ text: String) throws {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
        throw ResultNotWritten(result: text)
    }
}

/// The result's path could not be told on stdout.
struct ResultNotWritten: Error, CustomStringConvertible {
    let result: String

    var description: String {
        """
        the result's path could not be written to stdout
          at: stdout
          because: it is closed
          saved: everything; the list is \(result)
        """
    }
}

/// A number with commas: `2,236,178`.
func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
        if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
        text.append(digit)
    }
    return String(text.reversed())
}
