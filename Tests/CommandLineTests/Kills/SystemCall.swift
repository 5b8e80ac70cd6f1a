import Foundation
import MachineTools
import MinerTestKit

/// A moment of a run that can be met for certain: when it is about to do something to a file for the n-th time.
///
/// strace stops the tool there and sends the signal before the call is made (https://man7.org/linux/man-pages/man1/strace.1.html,
/// "inject"). The n-th time is counted for each thread.
struct SystemCall: Sendable, CustomStringConvertible {
    let name: String
    let file: String
    let time: Int

    var description: String { "\(name) of \(file), time \(time)" }

    /// A write to the log of the state, while pages or outcomes are stored.
    static func storing(_ random: inout SeededRandom) -> SystemCall {
        SystemCall(name: "pwrite64", file: ".pkgmine/go.sqlite-wal", time: .random(in: 1...150, using: &random))
    }

    /// Package IDs are waited for until they are on the disk. In a run that goes on with a list half walked, this is the
    /// first time that something is.
    static let numbering = SystemCall(name: "fdatasync", file: ".pkgmine/go.sqlite-wal", time: 1)

    /// Each thing that is done to a file once the last outcome is stored.
    static let publishing: [SystemCall] = [
        ("openat", ".Go.outcomes.csv.new"), ("fsync", ".Go.outcomes.csv.new"), ("rename", "Go.outcomes.csv"),
        ("openat", ".Go.csv.new"), ("write", ".Go.csv.new"), ("fsync", ".Go.csv.new"), ("rename", "Go.csv"),
        ("unlink", ".Go.csv.new"), ("openat", ".Go.problems.csv.new"), ("unlink", "Go.problems.csv"),
        ("openat", ".pkgmine/.go.list.json.new"), ("rename", ".pkgmine/go.list.json"),
        ("openat", ".datapackage.json.new"), ("fsync", ".datapackage.json.new"), ("rename", "datapackage.json"),
        ("ftruncate", ".pkgmine/go.sqlite"), ("fdatasync", ".pkgmine/go.sqlite"), ("unlink", ".pkgmine/go.sqlite-shm"),
        ("unlink", ".pkgmine/go.sqlite-wal"),
    ].map { SystemCall(name: $0.0, file: $0.1, time: 1) }

    /// Runs the tool and kills it at this moment, if it comes to it.
    func kill(_ arguments: [String], in folder: Scratch) async throws -> Tool.Outcome {
        let strace = [
            "-f", "-qq", "-o", "/dev/null", "-P", folder.path + "/" + file, "-e", "trace=\(name)", "-e",
            "inject=\(name):signal=KILL:when=\(time)", Tool.pkgmine.executable.path,
        ]
        guard let tool = Tool.machine("strace") else { throw CocoaError(.fileNoSuchFile) }
        return try await tool.run(strace + arguments)
    }

    /// Whether this machine has strace and lets it trace.
    static let canBeMet: Bool = {
        guard let tool = Tool.machine("strace") else { return false }
        do { return try tool.runBriefly(["-f", "-qq", "-o", "/dev/null", "true"]).status == 0 } catch { return false }
    }()
}
