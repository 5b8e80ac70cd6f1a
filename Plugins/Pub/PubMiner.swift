public import PackageMining
import RegistryDocuments
import RegistryJSON

/// Dart packages: listed by pub.dev's names, and by its pages of what was published, newest first, 100 a page.
///
/// The pages lose packages (pub-dev's `custom_api.dart`, August 2026): each is cached on its own, what is published
/// meanwhile jumps to one that was read, what has no record of its version is left out. So names are asked for before and
/// behind them, and what no page had by its name; where there are no pages, all is, in each run. An update reads pages
/// until one has nothing new, and all names; what was retracted since, `--fresh` finds.
public struct PubMiner: EcosystemMiner {
    public static let defaultAPIURL = "https://pub.dev/api"
    private let apiURL: String

    public init(apiURL: String = PubMiner.defaultAPIURL) {
        self.apiURL = apiURL.hasSuffix("/") ? String(apiURL.dropLast()) : apiURL
    }

    /// Who writes is limited, and nobody who reads (pub-dev's source, August 2026).
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "pub", platform: "Pub", fileName: "Pub", purlType: "pub",
            registries: [Registry(name: "pub.dev API", url: apiURL)])
    }

    public func spans(of run: RunFacts, after walked: [PubPlace]) -> [PubPlace] {
        [walked.last.map { PubPlace(listing: $0.listing + 1, known: $0.newest) } ?? PubPlace()]
    }

    public func list(
        from start: PubPlace, through session: any RegistrySession, into sink: PageSink<PubPlace>
    ) async throws {
        var (place, read) = (start, Set<String>())
        if place.part == .names, place.link == nil { try await sink.beginSnapshot(at: place) }
        while place.part != .end {
            let url = place.link ?? apiURL + (place.part == .packages ? "/packages?page=1" : "/package-names")
            read.insert(url)
            var answer = try await PubAnswer.at(url, listing: place.listing, through: session)
            if answer.next.map(read.contains) == true { answer.next = nil }
            place.take(&answer)
            try await sink.push(answer.page, next: place)
        }
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        if !package.newest.version.isEmpty { return .ofList(package.newest) }
        guard let name = urlSegment(package.name) else { return Resolution(.invalidName) }
        var request = Request("\(apiURL)/packages/\(name)", bodyLimit: 64 << 20)
        request.accept(["application/vnd.pub.v2+json"])
        return try await session.fetch(request) { response in
            if let refusal = try response.refusal() { return refusal }
            let told = try PubPackage(response.json(having: .text("/name"), .object("/latest/pubspec")), at: 0)
            if NameKey(told.name) != NameKey(package.name) { throw response.malformed("it is of \(told.name)") }
            return .links(homepage: told.latest.homepage, repository: told.latest.repository)
        }
    }
}

/// Where a listing stands: names, pages of packages, names again.
public struct PubPlace: Codable, Hashable, Sendable {
    enum Part: String, Codable { case names, packages, allNames, unchangedNames, end }

    /// How many listings were made before: what a later one tells is newer.
    var listing: Int64 = 0
    /// What is asked for next is the part's beginning where there is no link.
    var part = Part.names, link: String?
    /// The newest versions of the last listing and of this one: of a day or so. Names are cached for hours.
    var known: [NameKey] = [], newest: [NameKey] = []

    /// Tells what the answer has, and goes on behind it. A page on which all is known ends an update's, unless they were few.
    mutating func take(_ answer: inout PubAnswer) {
        let keys = answer.packages.map { NameKey("\($0.name) \($0.latest.version)") }
        for (key, package) in zip(keys, answer.packages) { tell(package, isKnown: known.contains(key), &answer.page) }
        let isEnough = part == .packages && newest.count + keys.count >= known.count / 2
        let isOld = isEnough && !keys.isEmpty && keys.allSatisfy(known.contains)
        for key in keys + (isOld ? known : []) where part == .packages && newest.count < 400 && !newest.contains(key) {
            newest.append(key)
        }
        link = isOld ? nil : answer.next
        if link != nil { return }
        part = part == .names ? .packages : part != .packages ? .end : isOld ? .unchangedNames : .allNames
    }

    private func tell(_ package: PubPackage, isKnown: Bool, _ page: inout Page) {
        switch part {
        case .packages where !isKnown: page.append(name: package.name, package.latest)
        case .packages, .unchangedNames: page.appendUnchanged(name: package.name)
        case .allNames where newest.isEmpty: page.appendChange(of: package.name, place: listing)
        case .names, .allNames, .end: page.append(name: package.name)
        }
    }
}
