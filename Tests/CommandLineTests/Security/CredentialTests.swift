import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import PackageMining
import Testing

/// Every byte that the tool writes is searched for the password that it was given.
@Suite("Credentials in URLs")
struct CredentialTests {
    private static let secret = "hunter2SECRET"
    /// As the Authorization field has it.
    private static let coded = Data("user:\(secret)".utf8).base64EncodedString()

    private static let registry = GoRegistry.synthetic(modules: 120, seed: 37)

    private func secretly(_ url: String) -> String {
        url.replacing("://", with: "://user:\(Self.secret)@")
    }

    private func expectNoSecret(_ outcome: Tool.Outcome, _ folder: Scratch) throws {
        var bytes = Data((outcome.output + outcome.errors).utf8)
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let file = folder.url.appending(path: name)
            bytes += Data(name.utf8)
            if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
                bytes += try Data(contentsOf: file)
            }
        }
        let leaks = [Self.secret, Self.coded].filter { bytes.range(of: Data($0.utf8)) != nil }
        #expect(leaks == [], "\(outcome.errors)")
        AttackLog.note("security", "a password in a URL, searched for in all output", survived: leaks.isEmpty ? 1 : 0)
    }

    /// A run that has something to say at every turn: recorded, logged, with faults and modules that fail.
    @Test(
        "Credentials in URLs reach the registry, and no log, progress, recording, list, problems file, manifest or state",
        arguments: [
            (["--log-level", "trace", "--progress", "json"], false),
            (["--log-level", "info", "--progress", "plain"], true),
            (["--log-level", "debug", "--progress", "bar"], true),
        ])
    func keepsThem(options: [String], isList: Bool) async throws {
        let faults: [Fault] = [.internalError, .redirect, .throttled, .resetBeforeBody, .html]
        let plan = Misbehaviour.share(0.1, of: faults, seed: 5)
        try await Self.registry.serve(misbehaving: plan) { service in
            let folder = try Scratch()
            let proxy = secretly(service.cachedOnlyURL)
            let nowhere = secretly("http://127.0.0.1:9/none")
            let list = folder.path + "/list"
            let outcome = try await Tool.pkgmine.run(
                ["go", "-o", list, "--index-url", secretly(service.indexURL), "--record", folder.path + "/recording"]
                    + ["--proxy-url", isList ? "\(proxy)|\(proxy),\(proxy)" : proxy] + options)
            #expect(outcome.status == 75, "\(outcome.errors)")
            #expect(service.journal.log.contains { $0.header("Authorization") == "Basic \(Self.coded)" })
            try expectNoSecret(outcome, folder)
            let replayed = try await Tool.pkgmine.run(
                ["go", "-o", folder.path + "/again", "--index-url", secretly(service.indexURL), "--log-level", "trace"]
                    + ["--proxy-url", nowhere, "--replay", folder.path + "/recording", "--no-resolve"])
            #expect(replayed.status == 0, "\(replayed.errors)")
            try expectNoSecret(replayed, folder)
            try expectNoSecret(try await Tool.pkgmine.run(["status", "-o", list]), folder)
        }
    }

    @Test(
        "Credentials in URLs are not in errors",
        arguments: [
            ["--index-url", "SECRET/nowhere"], ["--index-url=SECRET/nowhere"],
            ["--index-url", "ftp://user:PASSWORD@a.example/"],
            ["--proxy-url", "https://a.example,ftp://user:PASSWORD@b.example"],
            ["--proxy-url", "off,https://user:PASSWORD@a.example"],
        ])
    func keepsThemOutOfErrors(options: [String]) async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let base = secretly(service.server.baseURL)
            let options = options.map {
                $0.replacing("SECRET", with: base).replacing("PASSWORD", with: Self.secret)
            }
            let outcome = try await Tool.pkgmine.run(
                ["go", "-o", folder.path, "--proxy-url", "\(secretly(service.cachedOnlyURL))"] + options
                    + ["--progress", "none", "--log-level", "trace"])
            #expect([1, 64].contains(outcome.status), "\(outcome.errors)")
            try expectNoSecret(outcome, folder)
        }
    }

    @Test(
        "Credentials in URLs are not in the hint of a run that was stopped, nor in what its next run says",
        arguments: [SIGINT, SIGTERM])
    func keepsThemOutOfHints(signal: Int32) async throws {
        let wire = Tripwire()
        try await wire.serve(Self.registry) { service in
            let folder = try Scratch()
            let bomb = Trigger(signal, at: 30)
            wire.set(bomb)
            let outcome = try await Tool.pkgmine.run(
                ["go", "-o", folder.path, "--index-url", secretly(service.indexURL), "--proxy-url"]
                    + ["\(secretly(service.cachedOnlyURL)),\(secretly(service.proxyURL))"],
                started: { bomb.started($0) })
            bomb.disarm()
            #expect(outcome.status == 128 + signal)
            #expect(outcome.errors.contains("hint: run `pkgmine go -o "))
            try expectNoSecret(outcome, folder)
        }
    }

    @Test("Credentials in URLs that a redirect brings are not told either")
    func keepsThoseOfRedirects() async throws {
        let elsewhere = secretly("file://files.example/")
        try await LoopbackServer.run(handler: { _ in LoopbackAnswer.redirect(to: elsewhere) }) { server in
            let folder = try Scratch()
            let outcome = try await Tool.pkgmine.run(
                ["go", "-o", folder.path, "--index-url", server.baseURL + "/index", "--log-level", "trace"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("a redirect to file://files.example/"), "\(outcome.errors)")
            try expectNoSecret(outcome, folder)
        }
    }
}
