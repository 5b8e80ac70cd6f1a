import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryTOML

/// The packages of a registry's files (https://pkgdocs.julialang.org/v1/registries/).
///
/// ```
/// Registry.toml        [packages]  UUID = { name = "Example", path = "E/Example" }
/// E/Example/Package.toml           name = "Example"  uuid = "…"  repo = "https://…/Example.jl.git"
/// ```
///
/// Paths are followed, never computed: those of libraries were moved once. Until the end the files are held, some 200
/// bytes a package.
struct RegisteredPackages: Sendable {
    private(set) var packages = SnapshotPackages()
    private var tree = GitTree()
    private var files: [[UInt8]: [UInt8]] = [:]

    mutating func take(_ file: WholeMember.Record) throws {
        let path = file.member.nameBytes.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
        try tree.add(file, at: path)
        if let name = path.last.map(Array.init), Self.names.contains(name) {
            files[Array(path.joined(separator: [slash]))] = file.bytes
        }
    }

    private static let names = ["Registry.toml", "Package.toml"].map { Array($0.utf8) }

    /// - Parameter name: what git calls the tree of all files.
    mutating func end(beingTree name: String) throws {
        let found = try tree.name
        guard found == name else { throw RecordError(at: "its end", "its git tree is \(found), not \(name)") }
        guard let table = try files[Array("Registry.toml".utf8)].map({ try TOMLTable($0) })?.table("packages") else {
            throw RecordError(at: "Registry.toml", "there is none, or it has no [packages]")
        }
        for member in table.members { add(member) }
        (tree, files) = (GitTree(), [:])
    }

    /// A package that cannot be told of in full is named, and listed where it has a name.
    private mutating func add(_ member: TOMLMember) {
        let name = member.table?.text("name") ?? ""
        var repository: String?
        do throws(RecordError) {
            let file = try packageFile(of: member)
            guard file.text("uuid")?.lowercased() == member.key.lowercased(), !name.isEmpty,
                file.text("name")?.utf8.elementsEqual(name.utf8) == true
            else { throw RecordError(at: "", "its Package.toml has another name or UUID than Registry.toml") }
            repository = file.text("repo")
        } catch {
            packages.note(Problem(.unreadable, at: "Registry.toml, \(member.key) \(name)", error.reason))
        }
        if !name.isEmpty { packages.add(name: name, key: member.key, Release(version: "", repository: repository)) }
    }

    private func packageFile(of member: TOMLMember) throws(RecordError) -> TOMLTable {
        let path = "\(member.table?.text("path") ?? "")/Package.toml".utf8.split(separator: slash).map(Array.init)
        if let bytes = files[Array(path.joined(separator: [slash]))] { return try TOMLTable(bytes) }
        throw RecordError(at: "", "it has no Package.toml at its path")
    }
}

private let slash = UInt8(ascii: "/")
