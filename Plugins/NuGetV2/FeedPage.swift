import Foundation
import PackageMining
import RegistryDocuments
import RegistryXML

/// Pages of a gallery's feeds:
///
/// ```xml
/// <feed xml:base="http://…/api/v2/"><m:count>3</m:count>
///   <entry><id>http://…/api/v2/Packages(Id='git',Version='2.5')</id><title>git</title>
///     <m:properties><d:Version>2.5</d:Version><d:ProjectUrl>https://…</d:ProjectUrl></m:properties></entry>
///   <link rel="next" href="http://…/api/v2/Packages()?$filter=…&amp;$skiptoken='git','2.5'"/>
/// </feed>
/// ```
extension Gallery {
    private static let properties = ["Id", "Version", "ProjectUrl", "ProjectSourceUrl"]
    private static let selection = XMLSelection(
        each: "feed",
        taking: ["count", "link", "entry/id", "entry/title"]
            + properties.flatMap { ["entry/properties/\($0)", "entry/content/properties/\($0)"] })

    /// - Throws: `WireError` for an answer that is no feed.
    func page(of response: Response) throws -> LinkedPage {
        let feed = try feed(of: response)
        var page = LinkedPage()
        page.total = feed.text("count").flatMap { Int($0.filter { !$0.isWhitespace }) }
        if let link = feed.all("link").first(where: { $0.attribute("rel") == "next" }) {
            guard let next = link.attribute("href") else { throw response.malformed("its next link has no address") }
            page.leads(to: next, relativeTo: [feed, link].compactMap { $0.attribute("base") })
        }
        for (index, entry) in feed.all("entry").enumerated() {
            add(entry, to: &page.page, at: "\(urlWithoutCredentials(response.url)), entry \(index + 1)")
        }
        return page
    }

    /// The packages that an answer tells of.
    func ids(of response: Response) throws -> [String] { try feed(of: response).all("entry").compactMap(\.packageID) }

    private func feed(of response: Response) throws -> XMLRecord {
        var options = XMLOptions()
        // The page is one record. What is held of an element is some 20 times as much as the shortest has bytes.
        options.recordLimit = max(options.recordLimit, 32 * response.body.count)
        guard let feed = try response.xml(Self.selection, options: options).first else {
            throw response.malformed("it is no feed")
        }
        return feed
    }

    /// An entry that cannot be read is named, and those beside it stand.
    private func add(_ entry: XMLRecord, to page: inout Page, at place: String) {
        guard let id = entry.packageID else {
            let texts = ([entry.text("id")] + Self.properties.map(entry.property)).compactMap(\.self)
            let told = printable(texts.map { " \($0)" }.joined(), limit: 300)
            let detail = "it names no package" + (told.isEmpty ? "" : ":\(told)")
            return page.note(Problem(.unreadable, at: place, detail, key: told.isEmpty ? nil : told))
        }
        let release = Release(
            version: entry.property("Version") ?? "", homepage: entry.property("ProjectUrl"),
            repository: repositoryProperty.flatMap(entry.property))
        page.append(name: id, key: simpleLowercase(id), release)
    }
}

extension XMLRecord {
    /// `d:Id`, else the entry's title, else what its address names. `d:Title` is a name to be shown.
    fileprivate var packageID: String? { property("Id") ?? first("title")?.value ?? idInAddress }

    /// OData writes a quote twice.
    private var idInAddress: String? {
        guard let found = text("id")?.firstMatch(of: /Packages\(Id='((?:[^']|'')+)'/)?.output.1 else { return nil }
        return (String(found).removingPercentEncoding ?? String(found)).replacing("''", with: "'")
    }

    /// Beside the content or in it.
    fileprivate func property(_ name: String) -> String? {
        (first("properties/\(name)") ?? first("content/properties/\(name)"))?.value
    }

    /// The text as it is; nil where there is none but white space, or it says itself that it is none.
    private var value: String? {
        attribute("null") == "true" || text.allSatisfy(\.isWhitespace) ? nil : text
    }
}
