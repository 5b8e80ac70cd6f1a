import MavenFormats
import MavenMiner
import MinerHarness
import PackageMining
import Testing

@Suite("Maven's model builder as judge")
struct ModelBuilderTests {
    /// A case of `effective.txt`: POMs, and what Maven's model builder made of the last one.
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let poms: [(coordinates: Coordinates, document: [UInt8])]
        let answers: [String: String]

        var testDescription: String { title }
    }

    @Test("an effective POM is Maven's own", arguments: try cases(of: "maven/judge/effective.txt"))
    func effective(sample: Case) async throws {
        let asked = try #require(sample.poms.last).coordinates
        let lineage = try await PomLibrary(repositoryURL: "http://m.test").lineage(
            of: asked, through: session(of: sample.poms))
        let pom = EffectivePom(lineage.poms)
        let isWithoutModel = sample.answers["refused"].map { Self.refusals.contains(where: $0.hasPrefix) } ?? false
        if isWithoutModel {
            #expect(lineage.gap != nil)
            return
        }
        #expect(lineage.gap == nil)
        for link in Pom.Link.allCases { #expect(pom?.raw(link) == sample.answers[link.rawValue], "\(link)") }
        let own = [asked.group, asked.artifact, asked.version]
        let moved = sample.answers["relocation"]?.split(separator: ":", omittingEmptySubsequences: false)
        let expected = moved.map { zip($0, own).map { $0.isEmpty ? $1 : String($0) }.joined(separator: ":") }
        #expect(pom?.relocation?.description == expected)
    }

    @Test(
        "real POMs, each without its parents, are read as Maven reads them",
        .enabled(if: Places.realData != nil, "there is no real data beside this checkout"),
        arguments: try cases(of: "maven/judge/real.txt"))
    func real(sample: Case) throws {
        let pom = try Pom(Places.real("maven/poms/\(sample.title)"))
        let parent = try Pom(Array("<project><packaging>pom</packaging></project>".utf8))
        let effective = EffectivePom(pom.parent == nil ? [pom] : [pom, parent])
        for link in Pom.Link.allCases { #expect(effective?.raw(link) == sample.answers[link.rawValue], "\(link)") }
    }

    /// Maven tells no model where it cannot read a POM or a parent.
    private static let refusals = [
        "Non-resolvable parent POM", "Non-parseable POM", "Non-readable POM", "The parents form a cycle",
        "'parent.version' is missing",
    ]

    private func session(of poms: [(coordinates: Coordinates, document: [UInt8])]) -> StubSession {
        let session = StubSession()
        var versions: [String: [String]] = [:]
        for (coordinates, document) in poms {
            guard let path = coordinates.pomPath, let folder = coordinates.folder else { continue }
            session.set("http://m.test/\(path)", document)
            versions[folder, default: []].append(coordinates.version)
        }
        for (folder, versions) in versions {
            let list = versions.map { "<version>\($0)</version>" }.joined()
            let metadata = "<metadata><versioning><versions>\(list)</versions></versioning></metadata>"
            session.set("http://m.test/\(folder)/maven-metadata.xml", Array(metadata.utf8))
        }
        return session
    }

    static func cases(of fixture: String) throws -> [Case] {
        let lines = try Places.fixtureText(fixture).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.filter { lines[$0].hasPrefix("# ") }.map { start in
            self.case(String(lines[start].dropFirst(2)), lines[(start + 1)...].prefix { !$0.hasPrefix("# ") })
        }
    }

    private static func `case`(_ title: String, _ lines: ArraySlice<Substring>) -> Case {
        var poms: [(Coordinates, [Substring])] = []
        var answers: [String: String] = [:]
        for line in lines {
            if line.hasPrefix("@ ") {
                let parts = line.dropFirst(2).split(separator: ":", maxSplits: 2).map(String.init)
                poms.append((Coordinates(group: parts[0], artifact: parts[1], version: parts[2]), []))
            } else if line.hasPrefix("= "), let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                answers[String(line[..<colon].dropFirst(2))] = String(value.replacing("\\n", with: "\n"))
            } else if !poms.isEmpty {
                poms[poms.count - 1].1.append(line)
            }
        }
        return Case(title: title, poms: poms.map { ($0, document($1)) }, answers: answers)
    }

    /// `\xE9` is that byte.
    private static func document(_ lines: [Substring]) -> [UInt8] {
        let text = lines.joined(separator: "\n").reversed().drop(while: \.isWhitespace).reversed()
        let parts = String(text).split(separator: "\\x", omittingEmptySubsequences: false)
        return Array(parts[0].utf8)
            + parts.dropFirst().flatMap { [UInt8($0.prefix(2), radix: 16) ?? 0] + Array($0.dropFirst(2).utf8) }
    }
}
