public import Foundation

/// This machine's clock cannot be right: the registry's list holds times that are still to come.
///
/// A miner throws it where a run that began at a wrong time would leave out entries. The framework then forgets the
/// beginning of the run, so that the next one begins at the right time.
public struct WrongClock: Error, CustomStringConvertible {
    private let registryTime: String
    private let source: String
    private let now: Date

    /// - Parameter now: what the run's clock says.
    public init(registryTime: String, source: String, now: Date) {
        self.now = now
        self.registryTime = registryTime
        self.source = urlWithoutCredentials(source)
    }

    public var description: String {
        printable(
            "this machine's clock says \(now.ISO8601Format()), and \(source) has entries of \(registryTime): set "
                + "the clock, then run again", limit: 600)
    }
}
