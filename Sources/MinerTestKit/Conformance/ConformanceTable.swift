import Foundation
import Synchronization

/// What came of each promise, a line each, in the file that `PKGMINE_CONFORMANCE_TABLE` names: the platform, the
/// promise, how many attacks were made, how many were stood, and what would add attacks, between tabs.
/// `make conformance` prints it.
enum ConformanceTable {
    private static let lock = Mutex(())

    static func note(_ verdict: Verdict, on promise: ConformancePromise, of platform: String) throws {
        guard let path = ProcessInfo.processInfo.environment["PKGMINE_CONFORMANCE_TABLE"] else { return }
        let stood = verdict.cases - verdict.breaches.count
        let lacking = verdict.lacking.joined(separator: "; ")
        let line = "\(platform)\t\(promise.rawValue)\t\(verdict.cases)\t\(stood)\t\(lacking)\n"
        try lock.withLock { _ in
            if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(filePath: path)) }
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(line.utf8))
            try file.close()
        }
    }
}
