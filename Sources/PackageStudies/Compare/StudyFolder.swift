import Foundation

/// A folder that a study is written to, all of it or nothing.
///
/// Files are written to a folder beside and then moved into place. `datapackage.json` says which files are the study's;
/// those of an earlier study that are no longer part of it are removed, and no others.
struct StudyFolder {
    private let folder: URL
    let staging: URL
    private let earlier: [String]

    static let profile = "pkgmine-compare"

    init(_ path: String) throws {
        folder = URL(filePath: path, directoryHint: .isDirectory)
        staging = folder.appending(path: ".pkgmine-compare.part", directoryHint: .isDirectory)
        earlier = try Self.earlierFiles(folder)
        do {
            try? FileManager.default.removeItem(at: staging)
            try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
        } catch {
            throw StudyError.output(path, error.localizedDescription)
        }
    }

    /// The files that an earlier study wrote, as far as its manifest tells.
    private static func earlierFiles(_ folder: URL) throws -> [String] {
        let manifest = folder.appending(path: "datapackage.json")
        guard let data = try? Data(contentsOf: manifest) else { return [] }
        guard let package = try? JSONDecoder().decode(StudyManifest.self, from: data), package.name == profile else {
            throw StudyError.output(
                folder.path(percentEncoded: false), "its datapackage.json describes something else than a comparison")
        }
        return package.resources.map(\.path).filter(isOurs)
    }

    /// A manifest may have been edited; only paths of the form that a study writes are followed.
    private static func isOurs(_ path: String) -> Bool {
        if path == "summary.csv" || path == "not-understood.csv" { return true }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasSuffix("-ecosystems"), Int(parts[0].dropLast(11)) != nil else {
            return false
        }
        return parts[1].hasSuffix(".csv") && !parts[1].hasPrefix(".")
    }

    /// Moves the files into place, the manifest last, and removes those that an earlier study left.
    func publish(_ files: [String]) throws {
        let manager = FileManager.default
        for file in files + ["datapackage.json"] {
            let target = folder.appending(path: file)
            try manager.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            let from = staging.appending(path: file).path(percentEncoded: false)
            guard rename(from, target.path(percentEncoded: false)) == 0 else {
                throw StudyError.output(target.path(percentEncoded: false), String(cString: strerror(errno)))
            }
        }
        for stale in Set(earlier).subtracting(files).sorted() {
            let url = folder.appending(path: stale)
            try? manager.removeItem(at: url)
            // Removes the folder only if nothing is left in it.
            rmdir(url.deletingLastPathComponent().path(percentEncoded: false))
        }
        try? manager.removeItem(at: staging)
    }

    func abandon() { try? FileManager.default.removeItem(at: staging) }
}

/// The data package of a comparison (https://specs.frictionlessdata.io/data-package).
struct StudyManifest: Codable {
    struct Resource: Codable {
        var name: String
        var path: String
        var profile = "tabular-data-resource"
        var format = "csv"
        var mediatype = "text/csv"
        var encoding = "utf-8"
        var bytes: Int
        /// `sha256:` and the digits.
        var hash: String?
        var rows: Int
        var schema: Schema
    }

    struct Schema: Codable {
        var fields: [Field]
        var missingValues: [String] = []
    }

    struct Field: Codable {
        var name: String
        var type: String
        var description: String?
    }

    var name = StudyFolder.profile
    var profile = "tabular-data-package"
    var title = "Repositories shared by package ecosystems"
    var match: String
    var inferred: Bool
    var ecosystems: [String]
    var resources: [Resource]
}
