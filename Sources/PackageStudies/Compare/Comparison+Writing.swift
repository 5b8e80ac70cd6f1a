import Foundation

extension Comparison {
    /// Writes the study to a folder, which it shares with nobody: see ``StudyError/output(_:_:)``.
    ///
    /// - Parameter wide: A row a repository, with the packages of each ecosystem joined by `; `.
    public func write(to path: String, wide: Bool = false) throws {
        let folder = try StudyFolder(path)
        do {
            var resources = [try writeSummary(folder), try writeLeftOut(folder)]
            for (combination, section) in zip(combinations, sections) {
                let file =
                    wide
                    ? try writeWide(combination, section, folder) : try writeLong(combination, section, folder)
                resources.append(file)
            }
            try writeManifest(resources, folder)
            try folder.publish(resources.map(\.path))
        } catch let error as StudyError {
            folder.abandon()
            throw error
        } catch {
            folder.abandon()
            throw StudyError.output(path, error.localizedDescription)
        }
    }

    private var title: String { options.match == .name ? "Shared Name" : "Canonical Repository" }

    private func writeSummary(_ folder: StudyFolder) throws -> StudyManifest.Resource {
        let header = ["Number of Ecosystems", "Ecosystems", "Repositories", "Packages", "File"]
        var file = try CSVFile(folder.staging.appending(path: "summary.csv"), header: header)
        for combination in combinations {
            file.field(String(combination.ecosystems.count))
            file.field(combination.ecosystems.joined(separator: " + "))
            file.field(String(combination.repositories))
            file.field(String(combination.packages))
            file.field(combination.file)
            try file.endRow()
        }
        try file.close()
        return resource("summary", "summary.csv", header, file, integers: [0, 2, 3])
    }

    private func writeLeftOut(_ folder: StudyFolder) throws -> StudyManifest.Resource {
        let header = ["Column", "Address", "Reason", "Rows"]
        var file = try CSVFile(folder.staging.appending(path: "not-understood.csv"), header: header)
        for entry in leftOut.sorted() {
            file.field(entry.column == .homepage ? "Homepage" : "Repository")
            file.field(leftOut.address(entry))
            file.field(entry.reason.rawValue)
            file.field(String(entry.count))
            try file.endRow()
        }
        try file.close()
        return resource("not-understood", "not-understood.csv", header, file, integers: [3])
    }

    private func writeLong(
        _ combination: Combination, _ section: Section, _ folder: StudyFolder
    ) throws -> StudyManifest.Resource {
        var header = [title, "Platform", "Package ID", "Name", "Homepage", "Repository"]
        if options.inferring { header.append("Inferred From") }
        var file = try CSVFile(folder.staging.appending(path: combination.file), header: header)
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
        try file.close()
        return resource(combination.file, combination.file, header, file, integers: [])
    }

    private func writeWide(
        _ combination: Combination, _ section: Section, _ folder: StudyFolder
    ) throws -> StudyManifest.Resource {
        let header = [title] + combination.ecosystems
        var file = try CSVFile(folder.staging.appending(path: combination.file), header: header)
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
        try file.close()
        return resource(combination.file, combination.file, header, file, integers: [])
    }

    private func resource(
        _ name: String, _ path: String, _ header: [String], _ file: CSVFile, integers: Set<Int>
    ) -> StudyManifest.Resource {
        let fields = header.enumerated().map { index, name in
            StudyManifest.Field(name: name, type: integers.contains(index) ? "integer" : "string")
        }
        return StudyManifest.Resource(
            name: Self.slug(name), path: path, bytes: file.written, hash: "sha256:\(file.sha256)",
            rows: file.rows, schema: StudyManifest.Schema(fields: fields))
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
    private static func tellApart(_ resources: inout [StudyManifest.Resource]) {
        var taken: Set<String> = []
        for index in resources.indices {
            let name = resources[index].name
            var number = 2
            while !taken.insert(resources[index].name).inserted {
                resources[index].name = "\(name)-\(number)"
                number += 1
            }
        }
    }

    private func writeManifest(_ resources: [StudyManifest.Resource], _ folder: StudyFolder) throws {
        var resources = resources
        Self.tellApart(&resources)
        let manifest = StudyManifest(
            match: options.match.rawValue, inferred: options.inferring, ecosystems: ecosystems.map(\.name),
            resources: resources)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(manifest)
        data.append(10)
        try data.write(to: folder.staging.appending(path: "datapackage.json"))
    }
}
