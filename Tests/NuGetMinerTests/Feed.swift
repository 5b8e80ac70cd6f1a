import MinerHarness

/// A registry in memory at `http://f.test`: pages of a catalogue, with what its index tells of each, registrations and
/// manifests.
final class Feed {
    /// `01-02T10:00:00` of 2020.
    typealias Time = String

    struct Event {
        let time: Time
        let id: String
        let version: String
        var isDeletion = false
    }

    struct CataloguePage {
        let name: String
        var events: [Event]
        /// What the index tells of its latest commit, where that is not so.
        var indexed: Time?

        var latest: Time { events.map(\.time).max() ?? "01-01T00:00:00" }
    }

    let session = StubSession()
    var pages: [CataloguePage] = []

    init(services: [String: String] = Feed.services) {
        let resources = services.sorted { $0.key < $1.key }.map {
            #"{"@id": "http://f.test/\#($1)", "@type": "\#($0)"}"#
        }
        set("index.json", #"{"version": "3.0.0", "resources": [\#(resources.joined(separator: ","))]}"#)
    }

    static let services = [
        "Catalog/3.0.0": "c/index.json", "PackageBaseAddress/3.0.0": "flat", "RegistrationsBaseUrl/3.6.0": "reg/",
    ]

    func set(_ path: String, _ text: String) { session.set("http://f.test/\(path)", Array(text.utf8)) }

    func manifest(_ id: String, _ version: String, repository: String) {
        set(
            "flat/\(id)/\(version)/\(id).nuspec",
            "<package><metadata><repository url='\(repository)'/></metadata></package>")
    }

    func withdrawManifest(_ id: String, _ version: String) {
        session.set("http://f.test/flat/\(id)/\(version)/\(id).nuspec", [], status: 404)
    }

    /// Versions in ascending order; those that are not listed begin with `-`.
    func registration(_ id: String, _ versions: String..., time: Time? = nil) {
        let items = versions.map { text in
            #"{"catalogEntry": {"version": "\#(text.drop { $0 == "-" })", "listed": \#(!text.hasPrefix("-"))}}"#
        }
        let stamp = time.map { #""commitTimeStamp": "2020-\#($0)+00:00", "# } ?? ""
        let upper = versions.last.map { String($0.drop { $0 == "-" }) } ?? ""
        set(
            "reg/\(id)/index.json",
            #"{\#(stamp)"items": [{"@id": "p", "upper": "\#(upper)", "items": [\#(items.joined(separator: ","))]}]}"#)
    }

    /// A package of one version, with all that belongs to it.
    func package(_ id: String, _ version: String = "1.0.0", at time: Time) -> Event {
        let key = id.lowercased()
        registration(key, version)
        manifest(key, version, repository: "http://g/\(key)/\(version)")
        return Event(time: time, id: id, version: version)
    }

    /// Has the catalogue answer with its pages as they are now.
    func publish() {
        for page in pages {
            set("c/\(page.name).json", document(page.events.map { item($0, of: page) }, page.latest))
        }
        let items = pages.map {
            #"{"@id": "http://f.test/c/\#($0.name).json", "commitTimeStamp": "2020-\#($0.indexed ?? $0.latest)Z"}"#
        }
        set("c/index.json", document(items, pages.map(\.latest).max() ?? ""))
    }

    private func item(_ event: Event, of page: CataloguePage) -> String {
        """
        {"@id": "http://f.test/leaf/\(event.id).\(event.version).json", "commitTimeStamp": "2020-\(event.time)Z",
        "@type": "nuget:Package\(event.isDeletion ? "Delete" : "Details")", "nuget:id": "\(event.id)",
        "nuget:version": "\(event.version)"}
        """
    }

    func document(_ items: [String], _ time: Time) -> String {
        #"{"commitTimeStamp": "2020-\#(time)Z", "count": \#(items.count), "items": [\#(items.joined(separator: ","))]}"#
    }

    /// What was asked for since so many requests, without the address.
    func requests(since count: Int = 0) -> [String] {
        session.requests[count...].map { String($0.dropFirst("http://f.test/".count)) }
    }
}
