import MinerTestKit
import PackageMining

/// Makes modules that look like those of the real index, the same ones for the same seed.
struct GoSynthetic {
    /// How many of 10,000 modules conduct themselves how. The rest has an Origin, a tenth of it in a sub-directory.
    static let everything: [(GoConduct, Int)] = [
        (.originInInfoOnly, 400), (.infoOnly, 100), (.timesOutOnce, 50), (.timesOutTwice, 20), (.noOrigin, 400),
        (.originWithoutURL, 200), (.notFound, 150), (.gone, 50), (.notCached, 100), (.badRequest, 25), (.withheld, 25),
        (.forbidden, 25), (.alwaysTimesOut, 25), (.alwaysFails, 25), (.brokenJSON, 25), (.unaskable, 50),
    ]

    /// The same without those whose look-up is never settled.
    static let healthy = everything.filter { $0.0.outcome.isSettled }

    private var random: SeededRandom
    private let shares: [(GoConduct, Int)]
    private(set) var modules: [GoModule] = []
    private var clock: EntryTime

    init(seed: UInt64, shares: [(GoConduct, Int)], from start: EntryTime) {
        random = SeededRandom(seed: seed)
        self.shares = shares
        clock = start
    }

    /// Adds modules, between whose first releases come later releases of modules that are there: a release and a half
    /// for each newcomer on average.
    mutating func add(_ count: Int, prefix: String = "") {
        modules.reserveCapacity(modules.count + count)
        for number in 0..<count {
            addModule(number, prefix: prefix)
            for _ in 0..<Int.random(in: 0...3, using: &random) { addRelease() }
        }
    }

    private mutating func addModule(_ number: Int, prefix: String) {
        let conduct = conduct()
        let path = path(number, prefix: prefix, isAskable: conduct != .unaskable)
        let repository = "https://\(path.split(separator: "/").prefix(3).joined(separator: "/"))"
        let subdirectory = path.split(separator: "/").dropFirst(3).first { !$0.hasPrefix("v") }.map(String.init)
        modules.append(
            GoModule(
                path, releases: [.init(version(0, of: path), at: tick())], conduct: conduct,
                repository: repository, subdirectory: subdirectory))
    }

    private mutating func addRelease() {
        let module = Int.random(in: modules.indices, using: &random)
        let count = modules[module].releases.count
        modules[module].releases.append(.init(version(count, of: modules[module].path), at: tick()))
    }

    /// Mostly some milliseconds later; once in thirty at the very same microsecond.
    private mutating func tick() -> EntryTime {
        if Int.random(in: 0..<30, using: &random) > 0 {
            clock.nanoseconds += Int64.random(in: 1...90_000_000, using: &random) * 1000
        }
        return clock
    }

    private mutating func conduct() -> GoConduct {
        var place = Int.random(in: 0..<10_000, using: &random)
        for (conduct, share) in shares {
            if place < share { return conduct }
            place -= share
        }
        return .origin
    }

    private mutating func path(_ number: Int, prefix: String, isAskable: Bool) -> String {
        let host = hosts.randomElement(using: &random) ?? "github.com"
        var owner = (owners.randomElement(using: &random) ?? "") + prefix + String(number, radix: 36)
        if Int.random(in: 0..<100, using: &random) < 8 { owner = owner.capitalized(using: &random) }
        var path = "\(host)/\(owner)/\(names.randomElement(using: &random) ?? "")"
        if !isAskable { return (path + ["/山", "/é", "/a!b", "/.hidden", "/x~1"][number % 5]) }
        if Int.random(in: 0..<10, using: &random) == 0 { path += "/" + (names.randomElement(using: &random) ?? "") }
        if Int.random(in: 0..<12, using: &random) == 0 { path += "/v\(Int.random(in: 2...5, using: &random))" }
        return path
    }

    /// The versions of a module come in four manners; the path decides which.
    private func version(_ number: Int, of path: String) -> String {
        if let major = path.split(separator: "/").last, major.hasPrefix("v"), Int(major.dropFirst()) != nil {
            return "\(major).\(number).0"
        }
        switch path.utf8.reduce(0, { $0 &+ Int($1) }) % 10 {
        case 0...5: return "v1.\(number).0"
        case 6...7: return "v0.0.0-\(20_190_000_000_000 + number)-\(hex(number, of: path))"
        case 8: return "v\(number + 2).0.0+incompatible"
        default: return "v1.\(number).0-RC1"
        }
    }

    private func hex(_ number: Int, of path: String) -> String {
        var random = SeededRandom(seed: UInt64(number), text: path)
        return String((0..<12).map { _ in "0123456789abcdef".randomElement(using: &random) ?? "0" })
    }
}

extension String {
    fileprivate func capitalized(using random: inout SeededRandom) -> String {
        let place = index(startIndex, offsetBy: Int.random(in: 0..<4, using: &random))
        return self[..<place] + self[place].uppercased() + self[index(after: place)...]
    }
}

private let hosts = [
    "github.com", "github.com", "github.com", "github.com", "gitlab.com", "bitbucket.org", "codeberg.org",
]
private let owners = [
    "acme", "north", "cloud", "data", "kube", "open", "tiny", "blue", "micro", "hyper", "agile", "pixel",
]
private let names = [
    "toolkit", "client-go", "parser", "yaml", "http2", "log", "cli", "sdk", "queue", "cache", "go-rpc", "x_y",
]
