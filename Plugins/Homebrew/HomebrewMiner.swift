public import PackageMining
public import RegistryDocuments
import RegistryJSON

/// Homebrew's formulae, or its casks: each listed by one JSON array, with all that there is to know.
///
/// The files are made from homebrew/core and homebrew/cask (`brew generate-formula-api`, Homebrew/brew of August 2026).
/// What brew itself downloads, under `internal/`, changes its shape with brew, and is not read. A formula and a cask may
/// share a name, as `emacs` does: they are two packages, of two ecosystems.
public struct HomebrewMiner: SnapshotMiner {
    public enum List: Sendable {
        case formulae, casks
    }

    public static let defaultAPIURL = "https://formulae.brew.sh/api"

    private let list: List
    private let apiURL: String

    /// - Parameter apiURL: the folder in which `formula.json` and `cask.json` are.
    public init(_ list: List, apiURL: String = HomebrewMiner.defaultAPIURL) {
        self.list = list
        self.apiURL = bareURL(apiURL)
    }

    public var ecosystem: Ecosystem {
        let registries = [Registry(name: "Homebrew Formulae", url: apiURL)]
        return switch list {
        case .formulae:
            Ecosystem(
                id: "homebrew", platform: "Homebrew", fileName: "Homebrew", purlType: "brew", registries: registries)
        case .casks:
            Ecosystem(
                id: "homebrew-cask", platform: "Homebrew Cask", fileName: "Homebrew-Cask", purlType: "brew",
                registries: registries)
        }
    }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let file = Download("\(apiURL)/\(list.file)") { JSONElements(of: [""], ofArrays: true) }
        return try await source.read(file, into: SnapshotPackages()) { [list] packages, element in
            packages.add(element, of: list, at: file.url)
        }
    }
}

extension HomebrewMiner.List {
    fileprivate var file: String { self == .formulae ? "formula.json" : "cask.json" }

    /// - Throws: `JSONError` for an entry without a name.
    fileprivate func package(_ entry: JSONValue) throws -> (name: String, Release) {
        switch self {
        case .formulae: (try entry.neededText("/name"), entry.formula)
        case .casks: (try entry.neededText("/token"), entry.cask)
        }
    }
}

extension SnapshotPackages {
    /// An entry that cannot be read is named, and those beside it stand.
    fileprivate mutating func add(_ element: JSONElement, of list: HomebrewMiner.List, at url: String) {
        if let (name, release) = element.entry(of: url, noting: &self, list.package) { add(name: name, release) }
    }
}

extension JSONValue {
    /// A formula, as brew's `formula.rb` writes it. Some have no stable version, and files from before 2021 no `urls`.
    fileprivate var formula: Release {
        Release(
            version: self["/versions/stable"]?.text ?? self["/versions/head"]?.text ?? "",
            homepage: self["/homepage"]?.text, repository: head ?? checkout)
    }

    /// No field of a cask (`cask.rb`) names a repository.
    fileprivate var cask: Release {
        Release(version: self["/version"]?.text ?? "", homepage: self["/homepage"]?.text)
    }

    /// What `brew install --HEAD` builds from, unless that is an archive.
    private var head: String? {
        guard let url = self["/urls/head/url"]?.text, !url.isEmpty else { return nil }
        return url.lowercased().contains(/\.(tar(\.\w+)?|t[gbx]z2?|zip|7z|gz|bz2|xz)$/) ? nil : url
    }

    /// What the stable version is checked out from. A version without a tag or a revision is an archive, even where that
    /// lies on a forge.
    private var checkout: String? {
        let stable = self["/urls/stable"]
        let marks = [stable?["/tag"], stable?["/revision"]].compactMap(\.self)
        return marks.allSatisfy(\.isNull) ? nil : stable?["/url"]?.text
    }
}
