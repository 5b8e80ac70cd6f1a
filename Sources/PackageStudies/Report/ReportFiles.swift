import Foundation

extension ReportPage {
    /// Writes the page; the file is the old one or the whole new one.
    public func write(to path: String) throws { try ReportFiles.write(Data(html().utf8), to: path) }
}

extension ReportNumbers {
    /// Writes the numbers as JSON; the file is the old one or the whole new one.
    public func write(to path: String) throws { try ReportFiles.write(try json(), to: path) }
}

private enum ReportFiles {
    static func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw StudyError.output(path, error.localizedDescription)
        }
    }
}
