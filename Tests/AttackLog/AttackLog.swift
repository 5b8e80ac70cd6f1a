import Foundation

/// Counts what the tests do to the promises, for the table of `Tests/Promises.md`.
///
/// Each call appends a line `promise<TAB>attack<TAB>cases<TAB>survived` to the file that the environment variable
/// PKGMINE_ATTACK_LOG names, in one write, so that processes may share it; without the variable nothing is kept.
public enum AttackLog {
    /// - Parameters:
    ///   - promise: its number there, or `security`.
    ///   - attack: how it is attacked, in a few words.
    ///   - survived: in how many cases it held, as was seen.
    public static func note(_ promise: String, _ attack: String, cases: Int = 1, survived: Int) {
        guard let path = ProcessInfo.processInfo.environment["PKGMINE_ATTACK_LOG"], !path.isEmpty else { return }
        let line = Array("\(promise)\t\(attack)\t\(cases)\t\(survived)\n".utf8)
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0, write(file, line, line.count) == line.count else { return perror(path) }
        close(file)
    }
}

/// A number of the environment, for suites that go on for longer when they are asked to.
public func number(ofEnvironment name: String, or usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
}
