import Foundation

/// How time passes for a loopback server: by the day's clock, or by one that its test lets jump.
protocol LoopbackTime: Sendable {
    /// The time of day.
    var date: Date { get }

    /// Lets time pass in which the client at that port hears nothing. Throws when the server stops.
    func pass(_ duration: Duration, inFrontOf port: UInt16) async throws

    /// From now on the client at that port hears nothing, until it goes.
    func silenceBegan(inFrontOf port: UInt16)
    func silenceEnded(inFrontOf port: UInt16)

    /// Does something when that time has passed; or when the server stops.
    func wait(_ duration: Duration, then action: @escaping @Sendable () -> Void) async
}

/// The day's clock.
struct WallTime: LoopbackTime {
    var date: Date { Date() }

    func pass(_ duration: Duration, inFrontOf port: UInt16) async throws {
        try await Task.sleep(for: duration)
    }

    func silenceBegan(inFrontOf port: UInt16) {}
    func silenceEnded(inFrontOf port: UInt16) {}

    func wait(_ duration: Duration, then action: @escaping @Sendable () -> Void) async {
        do {
            try await Task.sleep(for: duration)
        } catch {
            // Cut short when the server stops: the action is due then as well.
        }
        action()
    }
}
