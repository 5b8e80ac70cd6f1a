import Foundation
import PackageMining
import Pkgmine

/// A run at one moment as a JSON object, for programs that watch it.
struct ProgressJSON: Encodable {
    private let ecosystem: String
    private let step: RunProgress.Step
    private let pages: Int
    private let entries: Int
    private let entriesToRead: Int?
    private let auditedPages: Int
    private let auditedEntries: Int
    private let newPackages: Int
    private let toLookUp: Int
    private let lookedUp: Int
    private let outcomes: [String: Int]
    private let listProblems: Int
    private let requests: Int
    private let requestsPerSecond: Int
    private let retries: Int
    private let receivedBytes: Int
    private let inFlight: Int
    private let pausedHosts: [String]
    private let remainingSeconds: Int?
    /// How long each finished step took.
    private let stepSeconds: [String: Double]
    /// And the processor time of all its threads.
    private let stepProcessorSeconds: [String: Double]

    init(_ facts: ProgressFacts, _ id: String) {
        ecosystem = id
        step = facts.run.step
        pages = facts.run.pages
        entries = facts.run.entries
        entriesToRead = facts.run.entriesToRead
        auditedPages = facts.run.auditedPages
        auditedEntries = facts.run.auditedEntries
        newPackages = facts.run.newPackages
        toLookUp = facts.run.toLookUp
        lookedUp = facts.run.lookedUp
        outcomes = Dictionary(uniqueKeysWithValues: facts.run.outcomes.map { ($0.key.rawValue, $0.value) })
        listProblems = facts.run.listProblems
        requests = facts.session.requests
        requestsPerSecond = Int(facts.requestsPerSecond.rounded())
        retries = facts.session.retries
        receivedBytes = facts.session.receivedBytes
        inFlight = facts.session.inFlight
        pausedHosts = facts.session.pausedHosts
        stepSeconds = ProgressJSON.seconds(facts.run.stepDurations)
        stepProcessorSeconds = ProgressJSON.seconds(facts.run.stepProcessorTimes)
        remainingSeconds = facts.remainingSeconds.map { Int($0.rounded()) }
    }

    private static func seconds(_ durations: [RunProgress.Step: Duration]) -> [String: Double] {
        let seconds = durations.map { ($0.rawValue, ($1 / .milliseconds(1)).rounded() / 1_000) }
        return Dictionary(uniqueKeysWithValues: seconds)
    }

    func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
