package import PackageMining
import RegistryDocuments
package import RegistryJSON

/// The links of a project. Labels are what authors write; those that count are PEP 753's, in the order of its list.
package struct ProjectLinks {
    private let labelled: LabelledLinks
    private let homePage: String?

    /// - Parameter info: `info` of the JSON API.
    package init(_ info: JSONValue?) {
        labelled = LabelledLinks(info?["/project_urls"], none: ["UNKNOWN"])
        homePage = info?["/home_page"]?.text
    }

    /// - Parameter metadata: core metadata: header fields, which end at an empty line or with the file.
    /// - Returns: nil for what is none, or was cut off in its fields.
    package init?(metadata: [UInt8]) {
        let lines = String(decoding: metadata, as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let head = lines.prefix { !$0.isEmpty }
        guard head.count < lines.count, head.first?.lowercased().hasPrefix("metadata-version:") == true else {
            return nil
        }
        func values(_ field: String) -> [Substring] {
            head.filter { $0.lowercased().hasPrefix(field + ":") }.map { $0.dropFirst(field.count + 1) }
        }
        let links = values("project-url").map { $0.split(separator: ",", maxSplits: 1) }.filter { $0.count == 2 }
        labelled = LabelledLinks(links.map { (String($0[0]), String($0[1])) }, none: ["UNKNOWN"])
        homePage = values("home-page").first.map(String.init)
    }

    /// The server puts `home_page` under the label `Homepage` where the author has none: another one is the author's.
    package var resolution: Resolution {
        let own = LabelledLinks([("Homepage", homePage)], none: ["UNKNOWN"]).first(of: ["homepage"])
        let links = labelled.links(of: "homepage")
        let homepage = links.first { $0.label != "Homepage" || $0.address != own } ?? links.first
        return .links(
            homepage: homepage?.address ?? own,
            repository: labelled.first(of: ["source", "repository", "sourcecode", "github"]))
    }
}
