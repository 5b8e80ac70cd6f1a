public import Foundation
import PackageMining
import RepositoryAddresses

/// Everything that a report says, as numbers: what its JSON holds and its page shows.
public struct ReportNumbers: Codable, Sendable {
    public struct Ecosystem: Codable, Sendable {
        public let name: String
        public let packages: Int
        public let withHomepage: Int
        public let withRepository: Int
        /// Packages whose address names a repository.
        public let understood: Int
        /// Of those, the ones that were inferred.
        public let inferred: Int
        /// Repositories that they name, each counted once.
        public let repositories: Int
        /// Of those, the ones that another ecosystem names too.
        public let sharedRepositories: Int
        /// Packages by the host of their repository.
        public let hosts: [String: Int]
        /// Addresses that name no repository, by why.
        public let notUnderstood: [String: Int]
    }

    public struct Combination: Codable, Sendable {
        public let ecosystems: [String]
        public let repositories: Int
        public let packages: Int
    }

    public struct SharedRepository: Codable, Sendable {
        public let repository: String
        public let ecosystems: [String]
        public let packages: Int
    }

    /// How many packages had appeared by the end of each month.
    public struct Growth: Codable, Sendable {
        public struct Month: Codable, Sendable {
            /// `2019-04`
            public let month: String
            public let packages: Int
        }
        public let ecosystem: String
        public let months: [Month]
    }

    public let tool: String
    public let made: String
    public let match: String
    public let inferred: Bool
    public let ecosystems: [Ecosystem]
    /// Most repositories first.
    public let combinations: [Combination]
    public let mostShared: [SharedRepository]
    public let growth: [Growth]
    public let provenance: [Provenance]
}

/// Tells when the packages of an ecosystem first appeared, or nil where that is not known.
///
/// Lists do not hold these times; a store that mined them may.
public typealias FirstAppearances = @Sendable (_ ecosystem: String) async throws -> [Date]?

extension ReportNumbers {
    /// - Parameters:
    ///   - made: When the report is made, as it is shown: `2026-01-31`.
    ///   - tool: The name and version of the tool, as it is cited.
    public init(
        _ comparison: Comparison, provenance: [Provenance] = [], tool: String = "pkgmine", made: String,
        firstAppearances: FirstAppearances? = nil
    ) async throws {
        self.tool = tool
        self.made = made
        self.provenance = provenance
        match = comparison.options.match.rawValue
        inferred = comparison.options.inferring
        ecosystems = zip(comparison.ecosystems, comparison.repositories).map { ecosystem, repositories in
            let shared = comparison.combinations.reduce(0) { sum, combination in
                combination.ecosystems.contains { $0.utf8.elementsEqual(ecosystem.name.utf8) }
                    ? sum + combination.repositories : sum
            }
            return Ecosystem(ecosystem.name, ecosystem.tally, repositories: repositories, shared: shared)
        }
        combinations = comparison.combinations.map {
            Combination(ecosystems: $0.ecosystems, repositories: $0.repositories, packages: $0.packages)
        }.sorted { left, right in
            if left.repositories != right.repositories { return left.repositories > right.repositories }
            if left.ecosystems.count != right.ecosystems.count { return left.ecosystems.count < right.ecosystems.count }
            return left.ecosystems.lexicographicallyPrecedes(right.ecosystems) {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }
        }
        mostShared = comparison.mostShared.prefix(20).map {
            SharedRepository(repository: $0.repository, ecosystems: $0.ecosystems, packages: $0.packages)
        }
        var growth: [Growth] = []
        for ecosystem in comparison.ecosystems {
            guard let times = try await firstAppearances?(ecosystem.name), !times.isEmpty else { continue }
            growth.append(Growth(ecosystem: ecosystem.name, months: Self.months(times)))
        }
        self.growth = growth
    }

    /// The numbers as JSON, the same bytes for the same numbers.
    public func json() throws -> Data {
        try JSONEncoder.manifest.encode(self) + [CSV.newline]
    }

    private static func months(_ times: [Date]) -> [Growth.Month] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var counts: [Int: Int] = [:]
        for time in times {
            let parts = calendar.dateComponents([.year, .month], from: time)
            counts[(parts.year ?? 0) * 12 + (parts.month ?? 1) - 1, default: 0] += 1
        }
        guard let first = counts.keys.min(), let last = counts.keys.max() else { return [] }
        var sum = 0
        return (first...last).map { month in
            sum += counts[month] ?? 0
            let number = month % 12 + 1
            return Growth.Month(month: "\(month / 12)-\(number < 10 ? "0" : "")\(number)", packages: sum)
        }
    }
}

extension ReportNumbers.Ecosystem {
    fileprivate init(_ name: String, _ tally: RowCounts, repositories: Int, shared: Int) {
        self.name = name
        packages = tally.packages
        withHomepage = tally.withHomepage
        withRepository = tally.withRepository
        understood = tally.understood
        inferred = tally.inferred
        self.repositories = repositories
        sharedRepositories = shared
        hosts = tally.hosts
        notUnderstood = Dictionary(uniqueKeysWithValues: tally.leftOut.map { ($0.key.rawValue, $0.value) })
    }
}
