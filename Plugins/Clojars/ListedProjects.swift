import MavenFormats
import PackageMining
import RecordReaders
import RegistryDocuments

/// The projects of the feed, without a version, and those that only the list of all releases has, with their highest.
///
/// ```
/// {:group-id "g", :artifact-id "a", :homepage "https://…", :scm {:url "https://…", :connection "scm:git:…"}, …}
/// [g/a "1.0"]
/// ```
struct ListedProjects: Sendable {
    private(set) var packages = SnapshotPackages()
    private var lineCount = 0

    /// A line of one of the two, which are in no order. One that cannot be read is named, and those beside it stand.
    mutating func take(_ line: ArraySlice<UInt8>) {
        lineCount += 1
        do throws(RecordError) {
            switch try EDN(line) {
            case nil: return
            case .forms(let forms, closedBy: "]")?: try take(release: forms)
            case let project?: try take(project)
            }
        } catch {
            let told = printable(String(decoding: line, as: UTF8.self), limit: 300)
            packages.note(Problem(.unreadable, at: "a line of Clojars' lists: \(told)", error.reason))
        }
    }

    /// Ends a file.
    mutating func end(mayBeEmpty: Bool) throws(RecordError) {
        guard lineCount > 0 || mayBeEmpty else { throw RecordError(at: "line 1", "it has no lines") }
        lineCount = 0
    }

    private mutating func take(_ project: EDN) throws(RecordError) {
        guard let group = project[":group-id"]?.text, let artifact = project[":artifact-id"]?.text, !artifact.isEmpty
        else { throw RecordError(at: "the line", "it is no project with a :group-id and an :artifact-id") }
        let links = [":url", ":connection", ":developer-connection"].map { project[":scm"]?[$0]?.text ?? "" }
        let addresses = links.prefix(1) + links.dropFirst().map(EffectivePom.address)
        let repository = addresses.first { !javaTrimmed($0).isEmpty }
        let release = Release(version: "", homepage: project[":homepage"]?.text, repository: repository)
        packages.add(name: group.utf8.elementsEqual(artifact.utf8) ? artifact : "\(group)/\(artifact)", release)
    }

    private mutating func take(release forms: [EDN]) throws(RecordError) {
        guard case .token(let name)? = forms.first, let version = forms.last?.text, !version.isEmpty else {
            throw RecordError(at: "the line", "it is no [group/artifact \"version\"]")
        }
        packages.add(name: name, Release(version: version)) {
            !$0.version.isEmpty && MavenVersion($0.version) < MavenVersion(version)
        }
    }
}
