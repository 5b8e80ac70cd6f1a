import ChecksumDatabase
import PackageMining

/// What a checksum database is asked, and the proofs that its answers are held to.
struct DatabaseRequests: Sendable {
    let setting: DatabaseSetting
    let session: any RegistrySession

    /// What a database does not serve, and was made of what it does.
    let made: MadeHashes

    /// The newest head, signed.
    func head() async throws -> TreeHead {
        let (key, url) = (setting.key, setting.address(of: "latest"))
        return try await proven(url) {
            try await fetch(Request(url, bodyLimit: 1 << 20)) { body in
                let note = try SignedNote(body)
                try note.hold(to: key)
                return try TreeHead(text: note.text)
            }
        }
    }

    /// The hashes of a tile, or of its records, whatever they are. A database that serves no hashes is asked for the
    /// records that they are of.
    func hashes(_ tile: Tile) async throws -> [TreeHash] {
        if let known = made.hashes(of: tile) { return known }
        do {
            return try await served(tile)
        } catch let error as WireError where error.category == .absent {
            return try await HashesOfRecords(requests: self).hashes(tile)
        }
    }

    private func served(_ tile: Tile) async throws -> [TreeHash] {
        let body = 1 << 16
        return try await proven(setting.address(of: tile.path)) {
            try await orWhole(tile) { address in
                try await fetch(Request(address, bodyLimit: body)) { try HashTile.read($0, count: tile.count) }
            }
        }
    }

    /// The names, or the releases, of a tile whose records have that root.
    ///
    /// - Throws: `WireError`, malformed where the records are not those that the tree has.
    func page(_ tile: Tile, root: TreeHash, ofNames: Bool) async throws -> Page {
        try await orWhole(tile) { address in
            var request = Request(address)
            request.isDispensable = true
            return try await fetch(request) { try RecordPage(tile, ofNames: ofNames).read($0, root: root) }
        }
    }

    /// The hashes of a data tile's records, whatever they are.
    func leaves(_ tile: Tile) async throws -> [TreeHash] {
        try await proven(setting.address(of: tile.path)) {
            try await orWhole(tile) { address in
                try await fetch(Request(address)) { body in
                    try body.withUnsafeBytes {
                        try DataTile.read($0, from: tile.number * Tile.width, count: tile.count, by: TreeHasher()) {
                            _, _ in
                        }
                    }
                }
            }
        }
    }

    /// Where a part of a tile is not there any more, the whole one has to be.
    private func orWhole<Answer>(_ tile: Tile, _ ask: (String) async throws -> Answer) async throws -> Answer {
        do {
            return try await ask(setting.address(of: tile.path))
        } catch let error as WireError where error.category == .absent && !tile.isWhole {
            do {
                return try await ask(setting.address(of: tile.whole.path))
            } catch let other as WireError where other.category == .absent {
                throw error
            }
        }
    }

    private func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable ([UInt8]) throws -> Answer
    ) async throws -> Answer {
        try await session.fetch(request) { response in
            let body = try response.bodyOfSuccess()
            do { return try read(body) } catch let error as MalformedDocument {
                throw response.malformed("\(error)", cause: error)
            }
        }
    }

    /// What is not right, asked for again and again, is a broken proof.
    private func proven<Answer>(_ url: String, _ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let error as WireError where error.cause is MalformedDocument {
            throw BrokenProof(at: url, error.reason)
        }
    }
}
