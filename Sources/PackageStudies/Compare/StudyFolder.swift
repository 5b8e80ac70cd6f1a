import Foundation
import PackageMining

/// A folder that a study is written to, all of it or nothing.
///
/// Files are made in a folder of their own and then put in their places, the manifest last. `datapackage.json` says
/// which files are the study's; those of an earlier study that are no longer part of it are removed, and no others.
struct StudyFolder {
    private let folder: URL
    private let staging: URL
    private let earlier: Set<String>
    private let lock: FolderLock
    private let isGzip: Bool

    static let manifest = "datapackage.json"

    /// - Parameter isGzip: Whether its tables are packed, and called so.
    init(_ path: String, isGzip: Bool) throws {
        self.isGzip = isGzip
        folder = URL(filePath: path, directoryHint: .isDirectory)
        staging = folder.appending(path: ".\(StudyManifest.profile).part", directoryHint: .isDirectory)
        try Self.create(folder)
        lock = try FolderLock(folder)
        // A manifest left among the drafts means that a killed run had begun to put its files in their places.
        earlier = try Self.files(of: folder).union(Self.files(of: staging))
        try Self.remove(staging)
        try Self.create(staging)
    }

    /// What a table is called as it lies there.
    func name(of path: String) -> String { isGzip ? path + ".gz" : path }

    /// Begins a table of the study.
    func file(_ path: String, header: [String]) throws -> CSVFile {
        let path = name(of: path)
        return try CSVFile(folder.appending(path: path), draft: try draft(path), header: header)
    }

    /// Puts the study in its place. The drafts are then gone.
    func publish(_ files: [FinishedFile], _ package: StudyManifest) throws {
        var manifest = try OutputFile(folder.appending(path: Self.manifest), draft: try draft(Self.manifest))
        let text = try JSONEncoder.manifest.encode(package)
        try manifest.write { $0.append(contentsOf: text + [CSV.newline]) }
        let finished = try manifest.finish()
        for file in files { try Self.create(file.published.url.deletingLastPathComponent()) }
        try FinishedFile.place(files)
        try FinishedFile.place([finished])
        try dropStale(keeping: Set(package.resources.map(\.path)))
        try Self.remove(staging)
    }

    /// Removes the drafts of a study that cannot be written. Where that fails as well, the first failure is the one to
    /// tell, and the next study removes them.
    func abandon() {
        do { try Self.remove(staging) } catch { return }
    }

    private func draft(_ path: String) throws -> URL {
        let draft = staging.appending(path: path)
        try Self.create(draft.deletingLastPathComponent())
        return draft
    }

    private func dropStale(keeping files: Set<String>) throws {
        for stale in earlier.subtracting(files).sorted() {
            let url = folder.appending(path: stale)
            guard unlink(url.path) == 0 || errno == ENOENT || errno == ENOTDIR else { throw Self.error(url) }
            // Where something else is left in it, the folder stays.
            let parent = url.deletingLastPathComponent()
            guard rmdir(parent.path) == 0 || [ENOTEMPTY, EEXIST, ENOENT, ENOTDIR].contains(errno) else {
                throw Self.error(parent)
            }
        }
    }

    /// The files that an earlier study wrote, as far as its manifest tells.
    private static func files(of folder: URL) throws -> Set<String> {
        let manifest = folder.appending(path: manifest)
        guard FileManager.default.fileExists(atPath: manifest.path) else { return [] }
        let data: Data
        do { data = try Data(contentsOf: manifest) } catch {
            throw StudyError.output(manifest.path, "it cannot be read: \(error.localizedDescription)")
        }
        do {
            let package = try JSONDecoder().decode(StudyManifest.self, from: data)
            if package.name == StudyManifest.profile { return Set(package.resources.map(\.path).filter(isOurs)) }
        } catch is DecodingError {}
        throw StudyError.output(folder.path, "its datapackage.json describes something else than a comparison")
    }

    /// A manifest may have been edited; only paths of the form that a study writes are followed.
    private static func isOurs(_ stored: String) -> Bool {
        let path = stored.hasSuffix(".gz") ? String(stored.dropLast(3)) : stored
        if path == "summary.csv" || path == "not-understood.csv" { return true }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasSuffix("-ecosystems"), Int(parts[0].dropLast(11)) != nil else {
            return false
        }
        return parts[1].hasSuffix(".csv") && !parts[1].hasPrefix(".")
    }

    private static func create(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw StudyError.output(folder.path, error.localizedDescription)
        }
    }

    private static func remove(_ folder: URL) throws {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch CocoaError.fileNoSuchFile {
        } catch {
            throw StudyError.output(folder.path, error.localizedDescription)
        }
    }

    private static func error(_ url: URL) -> StudyError { .output(url.path, String(cString: strerror(errno))) }
}

/// Held as long as a study is written to a folder: two at once would be mixed.
private final class FolderLock {
    private let number: Int32

    init(_ folder: URL) throws {
        number = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw StudyError.output(folder.path, String(cString: strerror(errno))) }
        guard flock(number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw StudyError.output(folder.path, "another comparison is being written to it")
        }
    }

    deinit {
        if number >= 0 { close(number) }
    }
}
