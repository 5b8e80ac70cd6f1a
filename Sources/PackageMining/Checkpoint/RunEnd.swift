public import Foundation

/// How a run ended, for its history.
public struct RunEnd: Hashable, Sendable {
    public let finished: Date
    public let isComplete: Bool
    public let requests: Int
    public let retries: Int

    public init(finished: Date, isComplete: Bool, requests: Int, retries: Int) {
        self.finished = finished
        self.isComplete = isComplete
        self.requests = requests
        self.retries = retries
    }
}
