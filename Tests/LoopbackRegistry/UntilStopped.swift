import Dispatch
import Foundation

/// Waits for SIGTERM or SIGINT, and, where it is wanted, for the end of standard input.
func untilStopped(untilStdinCloses: Bool) async {
    let (stops, stop) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let signals = [SIGTERM, SIGINT].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { stop.yield() }
        source.resume()
        return source
    }
    let input = untilStdinCloses ? endOfInput { stop.yield() } : nil
    for await _ in stops { break }
    signals.forEach { $0.cancel() }
    input?.cancel()
}

/// Watches standard input and tells its end. What comes before is dropped.
private func endOfInput(_ tell: @escaping @Sendable () -> Void) -> any DispatchSourceRead {
    let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO)
    source.setEventHandler {
        if FileHandle.standardInput.availableData.isEmpty { tell() }
    }
    source.resume()
    return source
}
