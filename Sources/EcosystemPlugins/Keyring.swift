import Foundation
public import PackageMining

/// Public keys in a file, and the gpgv of this machine, which verifies signatures by them.
///
/// The file is one as apt has them in /etc/apt/keyrings and /usr/share/keyrings: binary, or armored as text.
public struct Keyring: Sendable {
    private let file: URL
    private let gpgv: URL?

    /// - Parameter settings: where gpgv is looked for, in the folders of `PATH`.
    /// - Throws: where there is no such file, in a line.
    public init(_ path: String, _ settings: UserSettings = .ofThisProcess) throws {
        file = URL(filePath: path).absoluteURL
        guard FileManager.default.isReadableFile(atPath: file.path) else {
            throw OptionError("\(path) cannot be read", hint: "give --keyring a file of keys")
        }
        gpgv = (settings.variable("PATH") ?? "").split(separator: ":")
            .map { URL(filePath: String($0)).appending(path: "gpgv") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// What becomes of signatures: nothing is verified on a machine without gpgv. In the words of the manifest.
    public var outcome: String { gpgv == nil ? "not verified" : "verified by gpgv with \(name)" }

    /// What is to be said of that at once; nil where they are verified.
    public var notice: String? { gpgv == nil ? "gpgv is not installed, so that no signature is verified" : nil }

    /// The file's name, without its folder.
    private var name: String { file.lastPathComponent }

    /// Holds a document to the signature that is in it, where it is clear-signed, or else to the one beside it. Nothing is
    /// done where there is no gpgv.
    ///
    /// One good signature is enough where the others are by keys that are not in the file: Debian signs with several.
    ///
    /// - Parameter beside: where the signature lies that is not in the document.
    /// - Throws: `BrokenProof` where no key of the file has signed the document as it is.
    public func verify(
        _ document: [UInt8], at url: String, beside: String, through session: any RegistrySession
    ) async throws {
        guard let gpgv else { return }
        var signature: [UInt8]?
        if !document.starts(with: "-----BEGIN PGP SIGNED MESSAGE-----".utf8) {
            signature = try await session.fetch(Request(beside)) { try $0.bodyOfSuccess() }
        }
        if let reason = objection(to: try await words(of: gpgv, on: document, signature)) {
            throw BrokenProof(at: url, reason)
        }
    }

    private func words(
        of gpgv: URL, on document: [UInt8], _ signature: [UInt8]?
    ) async throws -> [[Substring]] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-gpgv-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let told = await Result { try await words(of: gpgv, in: folder, on: document, signature) }
        try FileManager.default.removeItem(at: folder)
        return try told.get()
    }

    /// What gpgv says, word by word of each line of its status
    /// (https://github.com/gpg/gnupg/blob/master/doc/DETAILS).
    private func words(
        of gpgv: URL, in folder: URL, on document: [UInt8], _ signature: [UInt8]?
    ) async throws -> [[Substring]] {
        let files = [("signature", signature), ("document", document)].compactMap { name, bytes in
            bytes.map { (url: folder.appending(path: name), bytes: $0) }
        }
        for file in files { try Data(file.bytes).write(to: file.url) }
        let (keys, status) = (folder.appending(path: "keys"), folder.appending(path: "status"))
        try unarmoredKeys().write(to: keys)
        try Data().write(to: status)
        let arguments = ["--homedir", folder.path, "--keyring", keys.path, "--status-fd", "1"]
        try await run(gpgv, arguments + files.map(\.url.path), into: FileHandle(forWritingTo: status))
        try Task.checkCancellation()
        let told = String(decoding: try Data(contentsOf: status), as: UTF8.self).split(whereSeparator: \.isNewline)
        return told.map { $0.split(separator: " ") }.filter { $0.first == "[GNUPG:]" }.map { Array($0.dropFirst()) }
    }

    /// The keys without their armor (https://www.rfc-editor.org/rfc/rfc9580#section-6.2), which gpgv does not read.
    private func unarmoredKeys() throws -> Data {
        let keys = try Data(contentsOf: file)
        let blocks = String(decoding: keys, as: UTF8.self).components(
            separatedBy: "-----BEGIN PGP PUBLIC KEY BLOCK-----")
        if blocks.count == 1 { return keys }
        return blocks.dropFirst().reduce(into: Data()) { keys, block in
            let lines = block.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            let text = lines.dropFirst().drop { !$0.isEmpty }.prefix { !$0.hasPrefix("=") && !$0.hasPrefix("-") }
            keys += Data(base64Encoded: text.joined()) ?? Data()
        }
    }

    private func run(_ tool: URL, _ arguments: [String], into output: FileHandle) async throws {
        let process = Process()
        process.executableURL = tool
        process.arguments = arguments
        (process.standardInput, process.standardOutput, process.standardError) =
            (FileHandle.nullDevice, output, FileHandle.nullDevice)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }

    private func objection(to status: [[Substring]]) -> String? {
        func has(_ word: Substring) -> Bool { status.contains { $0.first == word } }
        if has("BADSIG") { return "its signature is not of what it says" }
        if has("GOODSIG") { return nil }
        if has("EXPKEYSIG") || has("EXPSIG") || has("REVKEYSIG") {
            return "its signature, or the key in \(name) that made it, has expired or was revoked"
        }
        let missing = status.filter { $0.first == "NO_PUBKEY" }.compactMap(\.last).joined(separator: ", ")
        return missing.isEmpty
            ? "gpgv finds no signature in it that it can read"
            : "none of the keys in \(name) has signed it, but \(missing)"
    }
}

extension Result where Failure == any Error, Success: Sendable {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
