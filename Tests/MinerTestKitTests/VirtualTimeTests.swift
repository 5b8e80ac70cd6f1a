import Foundation
import MinerTestKit
import RegistryHTTP
import Synchronization
import Testing

@Suite("Virtual time")
struct VirtualTimeTests {
    private final class Log: Sendable {
        private let entries = Mutex<[String]>([])
        func note(_ entry: String) { entries.withLock { $0.append(entry) } }
        var all: [String] { entries.withLock { $0 } }
    }

    @Test("Virtual time stands while an answer may be on its way, and jumps when all is silent")
    func standsAndJumps() {
        let time = VirtualTime()
        let source = time.source
        time.silenceBegan(inFrontOf: 7)
        #expect(source.listen(30) { [7, 8] } > 0)
        #expect(source.listen(30) { [7, 0] } > 0)
        #expect(time.now == 0)
        #expect(source.listen(30) { [7] } == 0)
        #expect(time.now == 30)
        time.silenceEnded(inFrontOf: 7)
        #expect(source.listen(30) { [7] } > 0)
        #expect(time.now == 30)
    }

    @Test("Virtual time jumps no farther than to the first timer, whose action is done when the session goes on")
    func doesTimers() async {
        let time = VirtualTime()
        let source = time.source
        let log = Log()
        await time.wait(.seconds(20)) { log.note("second") }
        await time.wait(.seconds(5)) { log.note("first") }
        #expect(source.pause(60) == 0)
        #expect(log.all == ["first"] && time.now == 5)
        #expect(source.pause(1) == 0)
        #expect(log.all == ["first"] && time.now == 6)
        #expect(source.pause(60) == 0)
        #expect(log.all == ["first", "second"] && time.now == 20)
    }

    @Test("a port that is given away anew stays silent until both silences have ended")
    func countsSilences() {
        let time = VirtualTime()
        time.silenceBegan(inFrontOf: 7)
        time.silenceBegan(inFrontOf: 7)
        time.silenceEnded(inFrontOf: 7)
        #expect(time.source.listen(1) { [7] } == 0)
        time.silenceEnded(inFrontOf: 7)
        #expect(time.source.listen(1) { [7] } > 0)
    }

    @Test("Virtual time stops, and goes on")
    func stops() {
        let time = VirtualTime()
        time.stop()
        #expect(time.source.pause(60) > 0)
        #expect(time.now == 0)
        time.goOn()
        #expect(time.source.pause(60) == 0)
        #expect(time.now == 60)
    }

    @Test("an answer that is kept back comes when its time has come")
    func passes() async throws {
        let time = VirtualTime()
        let log = Log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await time.pass(.seconds(3), inFrontOf: 7)
                log.note("answered at \(time.now)")
            }
            while time.source.listen(10, { [7] }) > 0 { await Task.yield() }
            try await group.waitForAll()
        }
        #expect(log.all == ["answered at 3.0"])
    }
}
