import Foundation
import GoMiner
import GoRegistryFixture
import MinerTestKit
import PackageMining
import Pkgmine
import Testing

@Suite("A program whose run fails", .timeLimit(.minutes(5)))
struct FailureTests {
    @Test("A program whose run fails is told what the command tells: what happened, where, what is safe, what to do")
    func isTold() async throws {
        try await GoRegistry([]).serve { service in
            let url = service.server.baseURL + "/elsewhere"
            let mining = try mining(service, indexURL: url, into: try ScratchFolder())
            let failure = try #require(await failure { try await mining.run() })
            #expect(
                failure.description == """
                    the registry's list could not be read
                      at: \(url)?limit=2000
                      because: absent: status 404
                      saved: nothing had arrived yet

                    hint: see that the address is right: asked again, it answers the same
                    """)
            #expect(failure.localizedDescription == failure.description)
            #expect((failure.cause as? WireError)?.status == 404)
            #expect(failure.progress?.step == .list)
        }
    }

    @Test("A program whose run fails may be told that another run has its folder, before anything is asked")
    func isLockedOut() async throws {
        let held = HeldRequest(at: 1)
        try await held.serve(.synthetic(modules: 3, seed: 1, mix: .healthy)) { service in
            let folder = try ScratchFolder()
            let mining = try mining(service, into: folder)
            async let first = mining.run()
            await held.comes()
            let failure = try #require(await failure { try await mining.run() })
            #expect(failure.description.hasPrefix("another run works on this folder\n  at: \(folder.url.path)"))
            #expect(failure.progress == nil && service.journal.requests == 1)
            held.letGo()
            #expect(try await first.tally.listed == 3)
        }
    }

    @Test("A program whose run fails may be told that its folder cannot be made")
    func hasNoFolder() async throws {
        try await GoRegistry([]).serve { service in
            let scratch = try ScratchFolder()
            let file = scratch.url.appending(path: "file")
            try Data().write(to: file)
            var mining = try mining(service, into: scratch)
            mining.options.outputFolder = file.appending(path: "lists")
            let failure = try #require(await failure { try await mining.run() })
            #expect(
                failure.description == """
                    the output folder cannot be made
                      at: \(file.path)/lists
                      because: Not a directory
                      saved: nothing; no run has begun

                    hint: choose another folder with --output-dir, or make room or give write permission there
                    """)
        }
    }

    @Test(
        "A program whose run fails may be told that its options make no sense, before anything is begun",
        arguments: [
            ("limit takes a number from 1 on, not 0", 0, 4, nil),
            ("concurrency takes a number from 1 to 4096, not 0", nil, 0, nil),
            ("fileName takes a name without folder and control characters, not ../Go.csv", nil, 4, "../Go.csv"),
        ] as [(String, Int?, Int, String?)])
    func hasNoSense(reason: String, limit: Int?, concurrency: Int, fileName: String?) async throws {
        let scratch = try ScratchFolder()
        var mining = Mining(
            try GoMiner(indexURL: "http://127.0.0.1:9"), into: scratch.url.appending(path: "lists"),
            by: Program(name: "trends", version: "1.0"))
        (mining.options.limit, mining.options.concurrency) = (limit, concurrency)
        mining.options.fileName = fileName
        let failure = try #require(await failure { try await mining.run() })
        #expect(
            failure.description == """
                the options of the run cannot be used
                  because: \(reason)
                  saved: everything; nothing was begun

                hint: give another value, then make the same call
                """)
        #expect(!FileManager.default.fileExists(atPath: mining.options.outputFolder.path))
    }

    private func failure(_ run: () async throws -> RunReport) async throws -> MiningFailure? {
        do {
            _ = try await run()
            return nil
        } catch let failure as MiningFailure {
            return failure
        }
    }
}
