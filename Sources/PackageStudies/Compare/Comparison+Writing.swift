import Foundation
import PackageMining
import RepositoryAddresses

extension Comparison {
    /// Writes the study to a folder, which it shares with nobody: see ``StudyError/output(_:_:)``.
    ///
    /// - Parameters:
    ///   - wide: A row a repository, with the packages of each ecosystem joined by `; `.
    ///   - isGzip: Whether its tables are packed: `summary.csv.gz`.
    public func write(to path: String, wide: Bool = false, isGzip: Bool = false) throws {
        try StudyError.ofOutput {
            let folder = try StudyFolder(path, isGzip: isGzip)
            do {
                try write(folder, wide: wide)
            } catch {
                folder.abandon()
                throw error
            }
        }
    }

    private func write(_ folder: StudyFolder, wide: Bool) throws {
        var files = [try summary(folder), try addressesLeftOut(folder)]
        for (combination, section) in zip(combinations, sections) {
            files.append(
                wide ? try wideFile(combination, section, folder) : try longFile(combination, section, folder))
        }
        let manifest = StudyManifest(
            match: options.match.rawValue, inferred: options.inferring, ecosystems: ecosystems.map(\.name),
            resources: Self.toldApart(files.map(\.resource)))
        try folder.publish(files.map(\.file), manifest)
    }

    private typealias Part = (file: FinishedFile, resource: StudyManifest.Resource)

    private var title: String { options.match == .name ? "Shared Name" : "Canonical Repository" }

    private func summary(_ folder: StudyFolder) throws -> Part {
        let header = ["Number of Ecosystems", "Ecosystems", "Repositories", "Packages", "File"]
        var file = try folder.file("summary.csv", header: header)
        for combination in combinations {
            file.field(String(combination.ecosystems.count))
            file.field(combination.ecosystems.joined(separator: " + "))
            file.field(String(combination.repositories))
            file.field(String(combination.packages))
            file.field(folder.name(of: combination.file))
            try file.endRow()
        }
        return part("summary.csv", header, try file.finish(), integers: [0, 2, 3])
    }

    private func addressesLeftOut(_ folder: StudyFolder) throws -> Part {
        let header = ["Column", "Address", "Reason", "Rows"]
        var file = try folder.file("not-understood.csv", header: header)
        for entry in leftOut.sorted() {
            file.field(entry.column == .homepage ? "Homepage" : "Repository")
            file.field(leftOut.address(entry))
            file.field(entry.reason.rawValue)
            file.field(String(entry.count))
            try file.endRow()
        }
        return part("not-understood.csv", header, try file.finish(), integers: [3])
    }

    private func longFile(
        _ combination: Combination, _ section: Section, _ folder: StudyFolder
    ) throws -> Part {
        var header = [title, "Platform", "Package ID", "Name", "Homepage", "Repository"]
        if options.inferring { header.append("Inferred From") }
        var file = try folder.file(combination.file, header: header)
        for group in section.groups {
            let title = kept.title(group.number)
            for row in section.rows[group.rows] {
                file.field(title)
                file.field(platforms[Int(row.platform)][...])
                for column in [ListColumn.id, .name, .homepage, .repository] { file.field(kept.field(column, of: row)) }
                if options.inferring {
                    file.field(row.inference == 0 ? "" : Inference.allCases[Int(row.inference) - 1].rawValue)
                }
                try file.endRow()
            }
        }
        return part(combination.file, header, try file.finish())
    }

    private func wideFile(
        _ combination: Combination, _ section: Section, _ folder: StudyFolder
    ) throws -> Part {
        let header = [title] + combination.ecosystems
        var file = try folder.file(combination.file, header: header)
        for group in section.groups {
            file.field(kept.title(group.number))
            for platform in section.platforms {
                var names: [UInt8] = []
                var previous: ArraySlice<UInt8>?
                for row in section.rows[group.rows] where row.platform == platform {
                    let name = kept.field(.name, of: row)
                    if name == previous { continue }
                    if previous != nil { names.append(contentsOf: "; ".utf8) }
                    names.append(contentsOf: name)
                    previous = name
                }
                file.field(names[...])
            }
            try file.endRow()
        }
        return part(combination.file, header, try file.finish())
    }

    private func part(
        _ path: String, _ header: [String], _ csv: (file: FinishedFile, rows: Int), integers: Set<Int> = []
    ) -> Part {
        let fields = header.enumerated().map { index, name in
            StudyManifest.Field(name: name, type: integers.contains(index) ? "integer" : "string")
        }
        let facts = csv.file.published
        let isGzip = facts.url.pathExtension == "gz"
        let resource = StudyManifest.Resource(
            name: Self.slug(path), path: isGzip ? path + ".gz" : path, compression: isGzip ? "gz" : nil,
            bytes: facts.bytes, hash: "sha256:\(facts.sha256)", rows: csv.rows,
            schema: StudyManifest.Schema(fields: fields))
        return (csv.file, resource)
    }

    /// A resource's name may hold lower-case ASCII letters, digits, `-`, `_`, `.` and `/`.
    private static func slug(_ text: String) -> String {
        String(
            text.lowercased().replacing(".csv", with: "").unicodeScalars.map { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                        || "-_./".unicodeScalars.contains(scalar))
                    ? Character(scalar) : "-"
            })
    }

    /// Numbers the names that fold to one: `A-B+C` and `A+B-C` do.
    private static func toldApart(_ resources: [StudyManifest.Resource]) -> [StudyManifest.Resource] {
        var resources = resources
        var taken: Set<String> = []
        for index in resources.indices {
            let name = resources[index].name
            var number = 2
            while !taken.insert(resources[index].name).inserted {
                resources[index].name = "\(name)-\(number)"
                number += 1
            }
        }
        return resources
    }
}
