public import Foundation
import PackageMining

/// Where the state of one ecosystem lies: `.pkgmine/go.sqlite` in the output folder.
public struct StateFiles: Hashable, Sendable {
    public let folder: URL
    let id: String

    public init(outputFolder: URL, id: String) {
        folder = outputFolder.appending(path: ".pkgmine", directoryHint: .isDirectory)
        self.id = id
    }

    public var state: URL { folder.appending(path: "\(id).sqlite") }
    public var exists: Bool { FileManager.default.fileExists(atPath: state.path) }

    /// The process that works on the state now, as it calls itself; nil where none does.
    public var holder: String? { StateLock.holder(of: lock.path) }

    var lock: URL { folder.appending(path: "\(id).lock") }

    /// The state behind the published list, while a fresh start has not published yet.
    private var previous: URL { folder.appending(path: "\(id).previous.sqlite") }

    /// The state that the published list was written from.
    public var published: URL { FileManager.default.fileExists(atPath: previous.path) ? previous : state }

    func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StateError.unusable(file: folder.path, reason: systemReason(error))
        }
    }

    /// Moves the state aside for a fresh start. A state that is aside already belongs to the published list and stays;
    /// what was begun since is dropped.
    func putAside() throws {
        guard exists else { return }
        if FileManager.default.fileExists(atPath: previous.path) {
            try remove(state)
        } else {
            try forEachPart { try move(state.path + $0, to: previous.path + $0) }
        }
    }

    /// Removes the state that was put aside: the new list is published.
    func forgetPrevious() throws {
        try remove(previous)
    }

    private func remove(_ file: URL) throws {
        try forEachPart { part in
            let path = file.path + part
            guard FileManager.default.fileExists(atPath: path) else { return }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    private func move(_ from: String, to: String) throws {
        guard FileManager.default.fileExists(atPath: from) else { return }
        try FileManager.default.moveItem(atPath: from, toPath: to)
    }

    /// A database in write-ahead mode is three files. The main one goes last, so that a kill in between leaves a state
    /// that is still taken for one.
    private func forEachPart(_ body: (String) throws -> Void) throws {
        do {
            for part in ["-shm", "-wal", ""] { try body(part) }
        } catch {
            throw StateError.unusable(file: state.path, reason: systemReason(error))
        }
    }
}
