import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import TLSFront
import Testing

@Suite("pkgmine go, going direct")
struct GoingDirectTests {
    /// An index of these modules, and a proxy that has none of them.
    private func withRegistry(
        of modules: [String], _ body: (_ base: String, _ folder: Scratch) async throws -> Void
    ) async throws {
        let entries = modules.enumerated().map {
            #"{"Path":"\#($0.element)","Version":"v1.0.0","Timestamp":"2019-04-10T19:08:5\#($0.offset).1Z"}"#
        }
        try await LoopbackServer.run { request in
            guard request.path == "/index" else { return .text(404, "not found: gone") }
            let since = request.query("since") ?? ""
            let told = zip(modules.indices, entries).filter { since <= "2019-04-10T19:08:5\($0.0).1Z" }.map(\.1)
            return .text(200, told.joined(separator: "\n") + "\n")
        } body: {
            try await body($0.baseURL, Scratch())
        }
    }

    private func mine(
        _ base: String, _ folder: Scratch, _ list: String, _ more: [String] = [], through tunnel: Tunnel? = nil
    ) async throws -> Tool.Outcome {
        let arguments = [
            "go", "-o", folder.path, "--index-url", "\(base)/index", "--proxy-url", "\(base)/proxy\(list)",
        ]
        return try await Tool.pkgmine.run(
            arguments + ["--progress", "none"] + more,
            environment: ["https_proxy": tunnel?.url ?? "", "GOPRIVATE": "corp.test"])
    }

    @Test(
        "pkgmine go, going direct, finds by path and page what no proxy has, names the silent host, and tells it apart from what the registry says",
        .enabled(if: TLSFront.isThere, "needs nginx and openssl"))
    func findsDirectly() async throws {
        let front = try TLSFront(
            name: "DNS:v.test",
            answering: """
                location /m { return 404 '<meta name="go-import" content="v.test/m git http://g.test/m">'; }
                location / { return 200 '<html></html>'; }
                """)
        defer { front.stop() }
        let tunnel = try Tunnel(to: front.port, for: ["v.test"])
        let modules = ["v.test/m", "github.com/u/r/v2", "corp.test/x", "v.test/none", "dead.test/x"]
        try await withRegistry(of: modules) { base, folder in
            let outcome = try await mine(base, folder, ",direct", ["--ca-file", front.authority], through: tunnel)
            #expect(outcome.status == 75, "\(outcome.errors)")
            #expect(
                outcome.errors.hasPrefix(
                    "note: GOPRIVATE leaves modules out of asking: corp.test; `--skip none` leaves out none\n"))
            let header = "Package ID,Platform,Name,Homepage,Repository\n"
            #expect(
                try folder.text("Go.csv") == header + """
                    1,Go,v.test/m,http://g.test/m,http://g.test/m
                    2,Go,github.com/u/r/v2,https://github.com/u/r,https://github.com/u/r
                    3,Go,corp.test/x,nan,nan
                    4,Go,v.test/none,nan,nan
                    5,Go,dead.test/x,nan,nan

                    """)
            let problems = try folder.text("Go.problems.csv").split(separator: "\n")
            #expect(problems.count == 2)
            #expect(
                problems.last?.contains("failed,dead.test/x,\"https://dead.test/x?go-get=1 could not be asked: ")
                    == true)
            let manifest = try folder.text("datapackage.json")
            for count in ["\"failed\" : 1", "\"gone\" : 1", "\"resolved directly\" : 2", "\"skipped\" : 1"] {
                #expect(manifest.contains(count), "\(count)")
            }
            // The proxies alone do not have to agree with what was found without them.
            let official = try await mine(base, folder, "", ["--skip", "none"])
            #expect(official.status == 0, "\(official.errors)")
            let rows = modules.enumerated().map { "\($0.offset + 1),Go,\($0.element),nan,nan\n" }
            #expect(try folder.text("Go.csv") == header + rows.joined())
        }
    }

    @Test(
        "pkgmine go, going direct, finds 1,445 of the 1,600 modules of the recorded index of April 2019 by their paths, and names the others",
        .enabled(if: realData != nil, "needs the recorded pages of the real index"))
    func findsByPath() async throws {
        let folder = try #require(realData).appending(path: "go-index-2019")
        let registry = try GoRegistry.pages(["page-1.ndjson", "page-2.ndjson"].map { folder.appending(path: $0) })
        // Nobody is asked: the environment names a proxy that knows no host.
        let tunnel = try Tunnel(to: 9, for: [])
        try await registry.serve { service in
            let output = try Scratch()
            let outcome = try await Tool.pkgmine.run(
                [
                    "go", "-o", output.path, "--index-url", service.indexURL, "--proxy-url", "direct", "--progress",
                    "none",
                ], environment: ["https_proxy": tunnel.url])
            #expect(outcome.status == 75, "\(outcome.errors)")
            let rows = try output.text("Go.csv").split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
            #expect(rows.count == 1_600)
            for row in rows {
                let elements = row[2].split(separator: "/")
                // Of git.apache.org the path names the repository in two.
                let parts = ["github.com": 3, "bitbucket.org": 3, "git.apache.org": 2][elements[0]]
                #expect(row[4] == (parts.map { "https://" + elements.prefix($0).joined(separator: "/") } ?? "nan"))
            }
            #expect(rows.count { $0[4] != "nan" } == 1_445)
            #expect(
                outcome.errors.contains("\n       1,445  resolved directly\n         155  failed\n"),
                "\(outcome.errors)")
        }
    }

    @Test("pkgmine go, going direct, asks nothing of this machine or a private network, whatever a module is called")
    func staysPublic() async throws {
        try await withRegistry(of: ["0x7f.1/m", "10.0.0.1/m", "a.localhost/m"]) { base, folder in
            let outcome = try await mine(base, folder, ",direct")
            #expect(outcome.status == 75, "\(outcome.errors)")
            let problems = try folder.text("Go.problems.csv")
            let reason = "could not be asked: refused: 127.0.0.1 is no address of the public network"
            #expect(problems.contains("failed,0x7f.1/m,https://0x7f.1/m?go-get=1 \(reason)\n"), "\(problems)")
            #expect(problems.contains("failed,a.localhost/m,https://a.localhost/m?go-get=1 \(reason)\n"))
            #expect(problems.contains("10.0.0.1 is no address of the public network\n"))
        }
    }
}
