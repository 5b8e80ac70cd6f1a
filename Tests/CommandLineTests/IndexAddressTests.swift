import Foundation
import MachineTools
import Testing

/// `pkgmine pypi` knows no index by itself. Nobody listens at the addresses of these tests.
@Suite("The address of an index")
struct IndexAddressTests {
    private let scratch: Scratch
    private let home: [String: String]

    init() throws {
        scratch = try Scratch()
        home = ["HOME": scratch.path, "XDG_CONFIG_HOME": "", "XDG_CONFIG_DIRS": scratch.path, "PIP_CONFIG_FILE": "own"]
    }

    /// What a run says on stderr, and its exit code.
    private func run(_ options: [String] = [], _ environment: [String: String]) async throws -> (String, Int32) {
        let nobody = ["PIP_INDEX_URL": "", "VIRTUAL_ENV": "", "CONDA_PREFIX": ""]
        let outcome = try await Tool.pkgmine.run(
            ["pypi", "-o", scratch.path, "--replay", scratch.path] + options, in: scratch.url,
            environment: nobody.merging(home) { $1 }.merging(environment) { $1 })
        return (outcome.errors, outcome.status)
    }

    private func write(_ text: String, to name: String) throws {
        let file = scratch.url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// No run comes beyond reading its options: they name an address that none can be of.
    private func address(_ options: [String] = [], _ environment: [String: String] = [:]) async throws -> String? {
        try write("{}", to: "recording.json")
        let (said, status) = try await run(options, environment)
        #expect(status == 64)
        return said.firstMatch(of: /Error: (\S+) cannot be the simple index/).map { String($0.output.1) }
    }

    @Test("Where nobody names an index, that is wrong usage, and the hint says where to name one")
    func named() async throws {
        try write("{}", to: "recording.json")
        let (said, status) = try await run([], ["PIP_CONFIG_FILE": "/dev/null"])
        #expect(status == 64)
        #expect(
            said.hasPrefix(
                """
                Error: no index is named, and none is built in
                hint: give --index-url, set PIP_INDEX_URL, or write index-url into [global] of pip's configuration
                """), "\(said)")
    }

    @Test("The option goes before the variable, and the variable before pip's files; no password is said")
    func precedence() async throws {
        try write("[global]\nindex-url = ftp://me:s3cr3t@user.test/simple\n", to: ".config/pip/pip.conf")
        #expect(try await address() == "ftp://user.test/simple")
        try write("[global]\nindex-url = ftp://me:s3cr3t@file.test/simple\n", to: "own")
        #expect(try await address() == "ftp://file.test/simple")
        let variable = ["PIP_INDEX_URL": "ftp://me:s3cr3t@variable.test/simple/"]
        #expect(try await address([], variable) == "ftp://variable.test/simple")
        #expect(
            try await address(["--index-url", "ftp://me:s3cr3t@option.test/simple"], variable)
                == "ftp://option.test/simple")
    }
}
