import Foundation
import MachineTools
import TLSFront
import Testing

@Suite("The TLS front of tests", .enabled(if: TLSFront.isThere, "needs nginx and openssl"))
struct TLSFrontTests {
    @Test("The TLS front of tests that does not start fails at once, with its log")
    func failsAtOnce() throws {
        let error = try #require(throws: DidNotStart.self) {
            try TLSFront(name: "DNS:localhost", answering: "no_such_word;")
        }
        #expect(error.said.contains("unknown directive \"no_such_word\""), "\(error)")
        #expect(error.description.hasPrefix("nginx did not start: "))
    }

    @Test(
        "The TLS front of tests inherits nothing that the tests have open, so that nobody waits for its end to see another's"
    )
    func inheritsNothing() throws {
        let pipe = Pipe()
        let front = try TLSFront(name: "DNS:localhost", answering: "")
        defer { front.stop() }
        try pipe.fileHandleForWriting.close()
        var end = pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        // Others that are being started may hold what is open here for a moment, until they are another program.
        #expect(poll(&end, 1, 60_000) == 1)
        #expect(end.revents & Int16(POLLHUP) != 0)
    }

    @Test("The TLS front of tests whose port is taken has another, and fails where all are")
    func triesAnotherPort() throws {
        let first = try TLSFront(name: "DNS:localhost", answering: "")
        defer { first.stop() }
        let second = try TLSFront(
            name: "DNS:localhost", answering: "",
            ports: [first.port] + (0..<20).map { _ in .random(in: 10_000..<30_000) })
        defer { second.stop() }
        #expect(second.port != first.port)
        let error = try #require(throws: DidNotStart.self) {
            try TLSFront(name: "DNS:localhost", answering: "", ports: [first.port])
        }
        #expect(error.said.contains("Address already in use"), "\(error)")
    }
}
