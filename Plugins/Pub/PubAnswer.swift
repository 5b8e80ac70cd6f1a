import PackageMining
import RegistryDocuments
import RegistryJSON

/// `{"packages":[…],"next_url":…}`, or names in their place, which are sent in gzip, or not at all.
struct PubAnswer: Sendable {
    var page = Page(), next: String?, packages: [PubPackage] = []

    /// Behind the last page there is `{"message":"no content"}` with status 400; with 404 there are no pages.
    init(_ response: Response, at place: Int64) throws {
        if response.url.contains("/packages?"), [400, 404, 410].contains(response.status) { return }
        let (elements, kept) = try response.jsonElements(of: "/packages", keeping: ["/nextUrl", "/next_url"])
        let link = kept["/nextUrl"] ?? kept["/next_url"]
        next = link?.text
        if elements.first?.key != nil { throw response.malformed("its packages are no array") }
        if next == nil, link?.isNull == false { throw response.malformed("its next address is no text") }
        packages = elements.compactMap { element in
            element.entry(of: response.url, noting: &page) { try PubPackage($0, at: place - Int64(element.index)) }
        }
    }
}

/// A name, and what the registry takes for the latest version: none where a page does not tell it.
struct PubPackage: Sendable {
    let name: String, latest: Release

    init(_ value: JSONValue, at place: Int64) throws {
        name = try value.text ?? value.neededText("/name")
        let pubspec = value["/latest/pubspec"]
        latest = Release(
            version: pubspec?.members == nil ? "" : value["/latest/version"]?.text ?? "", place: place,
            homepage: pubspec?["/homepage"]?.text, repository: pubspec?["/repository"]?.text)
    }
}
