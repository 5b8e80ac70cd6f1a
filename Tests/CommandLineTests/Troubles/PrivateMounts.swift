import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit

/// A script that may mount file systems which nobody else sees and which end with it.
///
/// Mounts need a mount namespace: root makes one, others make it in a user namespace where the system allows that
/// (https://man7.org/linux/man-pages/man1/unshare.1.html).
struct PrivateMounts {
    /// What each call of `mine` in the script brought.
    struct Run {
        let status: Int32
        let output: String
        let errors: String
    }

    private static let flags = geteuid() == 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"]

    static let canBeMade: Bool = {
        guard let unshare = Tool.machine("unshare") else { return false }
        let trial = flags + ["sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
        do { return try unshare.runBriefly(trial).status == 0 } catch { return false }
    }()

    /// What a script may say beside the usual: `mine [option…]` runs the tool, into `$FOLDER`, and `keep NAME` copies a
    /// file of that folder to `$KEEP`. No word of the tool's has a blank.
    private static let preamble = """
        n=0
        mine() {
            n=$((n + 1))
            set +e
            "$PKGMINE" $WORDS -o "$FOLDER" --progress none "$@" \\
                >"$KEEP/output-$n" 2>"$KEEP/errors-$n"
            echo $? >"$KEEP/status-$n"
            set -e
        }
        keep() { cp "$FOLDER/$1" "$KEEP/$1"; }

        """

    let keep: Scratch
    let folder: Scratch
    private(set) var runs: [Run] = []

    /// Mines Go's modules.
    init(_ service: GoService, isPlain: Bool = false, _ script: String) async throws {
        let urls = ["--index-url", service.indexURL, "--proxy-url", service.cachedOnlyURL]
        try await self.init(["go"] + urls, isPlain: isPlain, script)
    }

    /// Runs the script to its end, in namespaces of its own unless it `isPlain`.
    ///
    /// - Parameter words: what `mine` tells the tool.
    init(_ words: [String], isPlain: Bool = false, _ script: String) async throws {
        (keep, folder) = (try Scratch(), try Scratch())
        let environment = [
            "PKGMINE": Tool.pkgmine.executable.path, "FOLDER": folder.path, "KEEP": keep.path,
            "WORDS": words.joined(separator: " "),
        ]
        guard let tool = Tool.machine(isPlain ? "bash" : "unshare") else { throw CocoaError(.fileNoSuchFile) }
        let arguments = (isPlain ? [] : Self.flags + ["bash"]) + ["-euc", Self.preamble + script]
        let outcome = try await tool.run(arguments, environment: environment)
        guard outcome.status == 0 else { throw ScriptFailed(errors: outcome.errors) }
        var number = 1
        while keep.exists("status-\(number)") {
            let status = try keep.text("status-\(number)").trimmingCharacters(in: .whitespacesAndNewlines)
            runs.append(
                Run(
                    status: Int32(status) ?? -1, output: try keep.text("output-\(number)"),
                    errors: try keep.text("errors-\(number)")))
            number += 1
        }
    }

    private struct ScriptFailed: Error {
        let errors: String
    }
}
