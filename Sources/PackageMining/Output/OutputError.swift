public import Foundation

/// An output file that cannot be written. Its old self is untouched.
public struct OutputError: Error, CustomStringConvertible {
    public let file: URL
    public let reason: String

    /// Whether the folder itself is gone, and with it all that was stored there.
    public let isFolderGone: Bool

    /// Takes the reason from the operating system's last error.
    init(_ file: URL) {
        let code = errno
        self.file = file
        reason = String(cString: strerror(code))
        let folder = file.deletingLastPathComponent().path
        isFolderGone = code == ENOENT && !FileManager.default.fileExists(atPath: folder)
    }

    init(_ file: URL, _ reason: String) {
        self.file = file
        self.reason = reason
        isFolderGone = false
    }

    public var description: String {
        if isFolderGone { return folderIsGone }
        return """
            the output could not be written
              at: \(file.path)
              because: \(reason)
              saved: all that was mined, and the file as it was before

            hint: make room or give write permission there, then run the same command again
            """
    }

    private var folderIsGone: String {
        """
        the output could not be written
          at: \(file.path)
          because: its folder was removed or renamed during the run
          saved: what the folder held, if it is still somewhere

        hint: put the folder back, then run the same command again
        """
    }
}
