import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

/// What a disk does to a run: it is full, it may not be written. Errors are compared whole.
@Suite("A disk that is full or may not be written")
struct DiskTests {
    private static let registry = GoRegistry.synthetic(modules: 300, seed: 17, mix: .plain, pageSize: 50)

    private func note(_ attack: String, _ survived: Bool) {
        AttackLog.note("4", attack, survived: survived ? 1 : 0)
    }

    private func stateError(_ file: String, _ reason: String) -> String {
        """
        error: the state cannot be stored
          at: \(file)
          because: \(reason)
          saved: what was stored before

        hint: make room or give write permission there, or choose another folder with --output-dir; then run
        the same command again

        """
    }

    private func outputError(_ file: String, _ reason: String) -> String {
        """
        error: the output could not be written
          at: \(file)
          because: \(reason)
          saved: all that was mined, and the file as it was before

        hint: make room or give write permission there, then run the same command again

        """
    }

    @Test(
        "full in any step, is told; once there is room the run goes on to the same bytes",
        .enabled(if: PrivateMounts.canBeMade, "needs leave to mount a tmpfs"), arguments: [40, 120, 250, 400])
    func goesOnWhenThereIsRoom(kibibytes: Int) async throws {
        try await Self.registry.serve { service in
            let script = """
                mount -t tmpfs -o size=\(kibibytes)k,mode=755 tmpfs "$FOLDER"
                mine
                ls -A "$FOLDER" >"$KEEP/files"
                mount -o remount,size=64m "$FOLDER"
                mine
                keep Go.csv
                """
            let sandbox = try await PrivateMounts(service, script)
            let full = sandbox.runs[0]
            #expect(full.status == 1)
            let state = sandbox.folder.path + "/.pkgmine/go.sqlite"
            let outputs = ["Go.csv", ".pkgmine/go.list.json", "datapackage.json"].map {
                outputError(sandbox.folder.path + "/" + $0, "No space left on device")
            }
            let isToldBefore = full.errors.hasPrefix(
                "error: the disk is nearly full\n  at: \(sandbox.folder.path)/.pkgmine\n  because: ")
            let isTold = ([stateError(state, "database or disk is full")] + outputs).contains(full.errors)
            #expect(isToldBefore || isTold, "\(full.errors)")
            #expect(try !sandbox.keep.text("files").contains(".new"))
            let isSame = try sandbox.keep.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            #expect(sandbox.runs[1].status == 0, "\(sandbox.runs[1].errors)")
            // Without a loss every package is asked for once, but for those in flight when the disk was full.
            #expect(service.proxyRequests <= 300 + 256)
            note("a full disk", isSame)
        }
    }

    @Test(
        "full when the list is published, keeps the old list and no draft",
        .enabled(if: PrivateMounts.canBeMade, "needs leave to mount a tmpfs"))
    func keepsOldList() async throws {
        try await Self.registry.serve { service in
            let script = """
                mount -t tmpfs -o size=16k,mode=755 tmpfs "$FOLDER"
                mkdir "$FOLDER/.pkgmine"
                mount -t tmpfs -o size=64m,mode=700 tmpfs "$FOLDER/.pkgmine"
                mine --limit 10 --no-resolve
                cp "$FOLDER/Go.csv" "$KEEP/old.csv"
                mine
                ls -A "$FOLDER" >"$KEEP/files"
                cp "$FOLDER/Go.csv" "$KEEP/kept.csv"
                mount -o remount,size=64m "$FOLDER"
                mine
                keep Go.csv
                """
            let sandbox = try await PrivateMounts(service, script)
            #expect(sandbox.runs.map(\.status) == [0, 1, 0])
            #expect(
                sandbox.runs[1].errors == outputError(sandbox.folder.path + "/Go.csv", "No space left on device"))
            #expect(try sandbox.keep.text("kept.csv") == sandbox.keep.text("old.csv"))
            #expect(try sandbox.keep.text("files") == ".pkgmine\nGo.csv\ndatapackage.json\n")
            let isSame = try sandbox.keep.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            #expect(service.proxyRequests == Set(service.journal.counts.keys.filter { $0.hasPrefix("/proxy") }).count)
            note("a full disk", isSame)
        }
    }

    @Test("A disk whose files may not grow beyond a limit is told, and the run goes on without it")
    func survivesFileSizeLimit() async throws {
        try await Self.registry.serve { service in
            let script = """
                (ulimit -f 200; mine)
                n=1
                mine
                keep Go.csv
                """
            let sandbox = try await PrivateMounts(service, isPlain: true, script)
            let state = sandbox.folder.path + "/.pkgmine/go.sqlite"
            #expect(sandbox.runs[0].status == 1)
            #expect(
                sandbox.runs[0].errors
                    == stateError(state, "disk I/O error: files may not grow beyond 204800 bytes here"))
            let isSame = try sandbox.keep.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame && sandbox.runs[1].status == 0)
            note("a limit of the size of files", isSame)
        }
    }

    @Test(
        "A disk that may only be read is told, at the first run and at a later one; status reads it",
        .enabled(if: PrivateMounts.canBeMade, "needs leave to mount"))
    func tellsReadOnly() async throws {
        try await Self.registry.serve { service in
            let script = """
                mount --bind "$FOLDER" "$FOLDER"
                mount -o remount,ro,bind "$FOLDER"
                mine
                mount -o remount,rw,bind "$FOLDER"
                mine
                cp "$FOLDER/Go.csv" "$KEEP/old.csv"
                mount -o remount,ro,bind "$FOLDER"
                mine --csv-header legacy
                "$PKGMINE" status go -o "$FOLDER" >"$KEEP/read-only" 2>&1
                cp "$FOLDER/Go.csv" "$KEEP/kept.csv"
                mount -o remount,rw,bind "$FOLDER"
                "$PKGMINE" status go -o "$FOLDER" >"$KEEP/writable" 2>&1
                mine
                keep Go.csv
                """
            let sandbox = try await PrivateMounts(service, script)
            #expect(sandbox.runs.map(\.status) == [1, 0, 1, 0])
            let folder = sandbox.folder.path
            #expect(sandbox.runs[0].errors == stateError(folder + "/.pkgmine", "Read-only file system"))
            #expect(sandbox.runs[2].errors == stateError(folder + "/.pkgmine/go.lock", "Read-only file system"))
            #expect(try sandbox.keep.text("kept.csv") == sandbox.keep.text("old.csv"))
            #expect(try sandbox.keep.text("read-only") == sandbox.keep.text("writable"))
            #expect(try sandbox.keep.text("read-only").hasPrefix("Go: 300 packages with a Package ID\n"))
            let isSame = try sandbox.keep.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            note("a folder that may only be read", isSame)
        }
    }

    @Test(
        "A disk whose folder for the list may only be read is told when the list is published",
        .enabled(if: PrivateMounts.canBeMade, "needs leave to mount"))
    func tellsReadOnlyOutput() async throws {
        try await Self.registry.serve { service in
            let script = """
                mkdir "$FOLDER/.pkgmine"
                mount --bind "$FOLDER" "$FOLDER"
                mount -t tmpfs -o size=64m,mode=700 tmpfs "$FOLDER/.pkgmine"
                mount -o remount,ro,bind "$FOLDER"
                mine
                mount -o remount,rw,bind "$FOLDER"
                mine
                keep Go.csv
                """
            let sandbox = try await PrivateMounts(service, script)
            #expect(sandbox.runs.map(\.status) == [1, 0])
            #expect(sandbox.runs[0].errors == outputError(sandbox.folder.path + "/Go.csv", "Read-only file system"))
            let isSame = try sandbox.keep.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            #expect(service.proxyRequests == Set(service.journal.counts.keys.filter { $0.hasPrefix("/proxy") }).count)
            note("a folder that may only be read", isSame)
        }
    }

    @Test(
        "A disk whose folder belongs to somebody else is told",
        .enabled(if: Stranger.canBe, "needs setpriv, or not to be root"))
    func tellsNoPermission() async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let stranger = try Stranger(lockedOutOf: folder)
            let refused = try await stranger.run(service.arguments(folder))
            #expect(refused.status == 1)
            #expect(refused.errors == stateError(folder.path + "/.pkgmine", "Permission denied"))
            try stranger.letIn()
            #expect(try await stranger.run(service.arguments(folder)).status == 0)
            let isSame = try folder.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            note("no permission to write", isSame)
        }
    }
}

/// Somebody who may not write a folder. To root a folder's mode means nothing, so root runs the tool as nobody.
private struct Stranger {
    private let folder: Scratch
    private let home: Scratch
    private static let isRoot = geteuid() == 0

    static var canBe: Bool { !isRoot || Tool.machine("setpriv") != nil }

    init(lockedOutOf folder: Scratch) throws {
        self.folder = folder
        home = try Scratch()
        try set(0o555)
    }

    func letIn() throws { try set(0o777) }

    private func set(_ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
    }

    func run(_ arguments: [String]) async throws -> Tool.Outcome {
        guard Self.isRoot, let setpriv = Tool.machine("setpriv") else {
            return try await Tool.pkgmine.run(arguments)
        }
        // The binary may lie in a folder that nobody may enter. It is copied by a process of its own: a program that was
        // begun meanwhile would hold ours open for writing for a moment, and such a file cannot be run.
        let copy = home.url.appending(path: "pkgmine")
        if !home.exists("pkgmine") {
            try await #require(Tool.machine("cp")).run([Tool.pkgmine.executable.path, copy.path])
        }
        return try await setpriv.run(
            ["--reuid=65534", "--regid=65534", "--clear-groups", copy.path] + arguments, in: home.url)
    }
}
