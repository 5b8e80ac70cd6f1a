import Foundation
import MachineTools
import MinerTestKit
import Testing

/// What `make test` says at its end, of logs as `swift test` writes them.
@Suite("The verdict of all tests")
struct VerdictTests {
    private let sandbox: ScratchFolder
    private let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".make/verdict").path

    init() throws {
        sandbox = try ScratchFolder(named: "verdict")
    }

    private static let first = """
        Building for debugging...
        ◇ Test run started.
        ◇ Test "a name" started.
        ✔ Test "a name" passed after 0.001 seconds.
        ◇ Test "a table" started.
        ◇ Test case passing 1 argument name → "x" to "a table" started.
        ✔ Test case passing 1 argument name → "x" to "a table" passed after 0.001 seconds.
        ✔ Test "a table" with 2 test cases passed after 0.002 seconds.
        ➜ Suite "TLS" skipped: "needs nginx"
        ➜ Test "a front" skipped: "needs nginx"
        ➜ Test odd() skipped.
        ✔ Suite "Names" passed after 0.002 seconds.
        ✔ Test run with 4 tests in 2 suites passed after 0.002 seconds.

        """

    private static let failing = """
        ✘ Test "b: \\"skipped\\"" recorded an issue at B.swift:7:9: Expectation failed: skipped: "no"
        ✘ Test "b" failed after 0.001 seconds with 1 issue.
        ➜ Test "another front" skipped: "needs nginx"
        ✘ Test run with 2 tests in 1 suite failed after 0.002 seconds with 1 issue.

        """

    private func verdict(on logs: String..., alone: String? = nil) async throws -> (status: Int32, text: String) {
        var named = logs.enumerated().map { ("log-\($0)", $1) }
        if let alone { named.append(("alone.log", alone)) }
        let files = try named.map { name, log in
            let file = try #require(sandbox.file(named: name))
            try Data(log.utf8).write(to: file)
            return file.path
        }
        let outcome = try await Tool(executable: URL(filePath: script)).run(files)
        return (outcome.status, outcome.output.replacing(sandbox.url.path, with: ""))
    }

    @Test("The verdict of all tests names what was skipped and why, and counts over all processes")
    func counts() async throws {
        let verdict = try await verdict(on: Self.first, Self.first)
        #expect(
            verdict.text == """
                2 skipped: needs nginx
                    "a front"
                    "a front"
                2 skipped: no reason is given
                    odd()
                    odd()
                4 passed, 0 failed, 4 skipped

                """)
        #expect(verdict.status == 0)
    }

    @Test("The verdict of all tests names what has failed, and fails")
    func fails() async throws {
        let verdict = try await verdict(on: Self.first, Self.failing)
        #expect(
            verdict.text == """
                2 skipped: needs nginx
                    "a front"
                    "another front"
                1 skipped: no reason is given
                    odd()
                1 failed:
                    ✘ Test "b" failed after 0.001 seconds with 1 issue.
                2 passed, 1 failed, 3 skipped

                """)
        #expect(verdict.status == 1)
    }

    @Test("a test that was run again alone has passed if it passes then, and is named; no other run mends it")
    func namesStarved() async throws {
        let again = Self.failing.replacing("✘ Test \"b\" failed", with: "✔ Test \"b\" passed")
        let passed = try await verdict(on: Self.failing, alone: again)
        #expect(
            passed.text == """
                1 skipped: needs nginx
                    "another front"
                failed beside others, and passed alone:
                    "b"
                1 passed, 0 failed, 1 skipped

                """)
        #expect(passed.status == 0)
        for alone in [Self.failing, Self.first, ""] {
            let failed = try await verdict(on: Self.failing, alone: alone)
            #expect(failed.text.hasSuffix("with 1 issue.\n0 passed, 1 failed, 1 skipped\n"))
            #expect(failed.status == 1)
        }
    }

    @Test("The functions that have failed, as `swift test` tells, are asked for again")
    func filtersFailed() async throws {
        let events = ["fail", "pass"].map { symbol in
            let verdict = #"{"symbol":"\#(symbol)","text":"Test"}"#
            let function = #"Rows.Suite\/order(a:_:)\/Rows.swift:7:6"#
            return [function, "Rows.Suite"].map {
                #"{"kind":"event","payload":{"kind":"testEnded","messages":[\#(verdict)],"testID":"\#($0)"},"version":0}"#
            }
        }
        let file = try #require(sandbox.file(named: "events"))
        try Data(events.joined().joined(separator: "\n").utf8).write(to: file)
        let failed = URL(filePath: script).deletingLastPathComponent().appending(path: "failed")
        let outcome = try await Tool(executable: failed).run([file.path])
        #expect(outcome.output == #"^Rows\.Suite/order\(a:_:\)"# + "\n")
        #expect(outcome.status == 0)
    }

    @Test("tests that came to no end, or to no verdict, fail")
    func missesVerdicts() async throws {
        let cut = String(Self.first.prefix(while: { $0 != "➜" })) + "◇ Test \"a front\" started.\n"
        let cutShort = try await verdict(on: cut, "")
        #expect(
            cutShort.text == """
                error: the tests of /log-0 did not come to their end
                    began and did not end: "a front"
                error: the tests of 1 logs did not begin
                2 passed, 0 failed, 0 skipped

                """)
        #expect(cutShort.status == 1)
        let silent = try await verdict(on: Self.first.replacing("with 4 tests", with: "with 6 tests"))
        #expect(silent.text.contains("error: 2 tests have no verdict\n"))
        #expect(silent.status == 1)
    }
}
