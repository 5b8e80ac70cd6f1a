public import PackageMining
import RegistryDocuments
import RegistryJSON

/// Dart packages: listed by pub.dev's names, and by its pages of what was published, newest first, 100 a page.
///
/// The pages lose packages (pub-dev's `custom_api.dart`, August 2026): each is cached on its own, what is published
/// meanwhile jumps to one that was read, what has no record of its version is left out. So names are asked for before and
/// behind them, and what no page had by its name; where there are no pages, all is, in each run. An update reads pages
/// until one has nothing new, or all once a week: what is retracted, in the seven days that may be, stays where it is.
public struct PubMiner: EcosystemMiner {
    public static let defaultAPIURL = "https://pub.dev/api"
    private let apiURL: String

    public init(apiURL: String = PubMiner.defaultAPIURL) { self.apiURL = bareURL(apiURL) }

    /// Who writes is limited, and nobody who reads (pub-dev's source, August 2026).
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "pub", platform: "Pub", fileName: "Pub", purlType: "pub",
            registries: [Registry(name: "pub.dev API", url: apiURL)])
    }

    public func spans(of run: RunFacts, after walked: [PubCursor]) -> [PubCursor] {
        let (last, isWhole) = (walked.last ?? PubCursor(), run.isDue(days: 7, after: walked.last?.whole))
        let known = isWhole ? [] : last.newest
        return [PubCursor(whole: isWhole ? run : last.whole, known: known, order: last.order + 1 << 33)]
    }

    public func list(
        from start: PubCursor, through session: any RegistrySession, into sink: PageSink<PubCursor>
    ) async throws {
        var (place, read) = (start, Set<String>())
        if place.part == .names, place.link == nil { try await sink.beginSnapshot(at: place) }
        while place.part != .end {
            let url = place.link ?? apiURL + (place.part == .packages ? "/packages?page=1" : "/package-names")
            if place.link == nil { read = [url] } else { read.insert(url) }
            let (order, request) = (place.order, Request(url, bodyLimit: 64 << 20))
            var answer = try await session.fetch(request, twiceIf: \.packages.isEmpty) { try PubAnswer($0, at: order) }
            if let next = answer.next, read.contains(next) {
                let circle = WireError(.malformed, url: url, "its link leads in a circle, to \(next)", isFinal: true)
                if place.part == .packages { answer.next = nil } else { throw circle }
            }
            place.take(&answer)
            try await sink.push(answer.page, next: place)
        }
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        if !package.newest.version.isEmpty { return .ofList(package.newest) }
        guard let name = urlSegment(package.name) else { return Resolution(.invalidName) }
        var request = Request("\(apiURL)/packages/\(name)", bodyLimit: 64 << 20)
        request.accept(["application/vnd.pub.v2+json"])
        return try await session.lookUp(request) { response in
            let told = try PubPackage(response.json(having: .text("/name"), .object("/latest/pubspec")), at: 0)
            if NameKey(told.name) != NameKey(package.name) { throw response.malformed("it is of \(told.name)") }
            return .links(homepage: told.latest.homepage, repository: told.latest.repository)
        }
    }
}

/// Where a listing stands: names, pages of packages, names again.
public struct PubCursor: Codable, Hashable, Sendable {
    enum Part: String, Codable { case names, packages, allNames, unchangedNames, end }

    /// Without a link the part's beginning is asked for. And the run that has read all pages last.
    var part = Part.names, link: String?, whole: RunFacts?
    /// Names, each with the newest version, of the last listing and this one: of a day or so. Names are cached for hours.
    var known: [[NameKey]] = [], newest: [[NameKey]] = []
    /// The place of what is told next: the first word on a package counts, as pages are newest first, and a later listing's.
    var order: Int64 = 1 << 32

    /// Tells what the answer has, and goes on behind it. A page on which all is known ends an update's, unless they were few.
    mutating func take(_ answer: inout PubAnswer) {
        let pairs = answer.packages.map { [NameKey($0.name), NameKey($0.latest.version)] }
        for package in answer.packages {
            switch part {
            case .packages: answer.page.append(name: package.name, package.latest)
            case .unchangedNames: answer.page.appendUnchanged(name: package.name)
            case .allNames where newest.isEmpty: answer.page.appendChange(of: package.name, place: order)
            case .names, .allNames, .end: answer.page.append(name: package.name)
            }
        }
        order = answer.packages.last.map { $0.latest.place - 1 } ?? order
        let isEnough = part == .packages && newest.count + pairs.count >= known.count / 2
        let isOld = isEnough && !pairs.isEmpty && pairs.allSatisfy(known.contains)
        for pair in pairs + (isOld ? known : []) where part == .packages && newest.count < 400 {
            if !newest.contains(where: { $0[0] == pair[0] }) { newest.append(pair) }
        }
        link = isOld ? nil : answer.next
        if link != nil { return }
        part = part == .names ? .packages : part != .packages ? .end : isOld ? .unchangedNames : .allNames
    }
}
