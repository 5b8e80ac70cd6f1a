import Foundation
import GRDB
public import PackageMining

/// What a state is held to before a run goes on with it.
extension MiningStore {
    public func error(ofCursor reason: String) -> StateError {
        .otherCursors(file: files.state.path, reason: reason)
    }

    /// Cursors of another format may read back and mean something else.
    func holdToCursors(_ format: Int, _ db: Database) throws {
        let held = try Int.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'cursorFormat'")
        guard let held else {
            return try db.execute(sql: "INSERT INTO facts VALUES ('cursorFormat', ?)", arguments: [format])
        }
        guard held == format else {
            throw error(ofCursor: "its cursors are of format \(held), and this pkgmine reads format \(format)")
        }
    }

    /// A state holds the list of one registry: mixing two would go unseen in the list.
    func holdToList(of ecosystem: Ecosystem, movedFrom former: String?, _ db: Database) throws {
        let asked = ecosystem.listDescription()
        guard let held = try String.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'list'") else {
            if let former {
                throw StateError.nothingMoved(file: files.state.path, from: urlWithoutCredentials(former))
            }
            return try db.execute(sql: "INSERT INTO facts VALUES ('list', ?)", arguments: [asked])
        }
        if held == asked { return }
        let formers = former.map(ecosystem.formerAddresses) ?? []
        guard let former = formers.first(where: { held == ecosystem.listDescription(at: $0) }) else {
            throw StateError.otherList(file: files.state.path, held: held, asked: asked)
        }
        try move(from: former, to: asked, db)
    }

    /// The list goes on at another address. What a run that was not finished has taken stays; it begins anew behind
    /// what was walked before, since its cursors may name the old address. A list that it has taken whole, in which
    /// packages have their Package IDs, is the one that the next is held against.
    private func move(from former: String, to asked: String, _ db: Database) throws {
        let isTaken = """
            SELECT EXISTS (SELECT 1 FROM runs WHERE finished IS NULL AND hasSpans AND NOT EXISTS
                (SELECT 1 FROM spans WHERE run = runs.id AND NOT isWalked))
            """
        if try Bool.fetchOne(db, sql: isTaken) == true { try ListEnd.mark(db) }
        let open = "(SELECT id FROM runs WHERE finished IS NULL)"
        try db.execute(
            sql: """
                DELETE FROM spans WHERE run = \(open);
                DELETE FROM told WHERE snapshot NOT IN (SELECT snapshot FROM spans WHERE snapshot IS NOT NULL);
                DELETE FROM runs WHERE finished IS NULL;
                """)
        try indexReleases(db)
        let all = try formerRegistries(db) + [urlWithoutCredentials(former)]
        try db.execute(
            sql: "INSERT OR REPLACE INTO facts VALUES ('list', ?), ('movedFrom', ?)",
            arguments: [asked, all.joined(separator: "\n")])
    }

    func formerRegistries(_ db: Database) throws -> [String] {
        try String.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'movedFrom'")?
            .split(separator: "\n").map(String.init) ?? []
    }
}

extension Ecosystem {
    /// What a user may mean by the former address of the list's registry: with or without a slash at its end, or, where
    /// the list lies in the folder of another registry, as Maven's index does in the repository, that folder.
    func formerAddresses(_ former: String) -> [String] {
        let bare = String(former.reversed().drop { $0 == "/" }.reversed())
        let list = registries.first?.url ?? ""
        let inside = registries.dropFirst().filter { list.hasPrefix($0.url + "/") }
            .map { bare + list.dropFirst($0.url.count) }
        return [former, bare, bare + "/"] + inside
    }

    /// What the list is made from, in a line: `https://index.golang.org/index (include=all)`, or who signs it.
    ///
    /// - Parameter former: an address instead of the list's registry.
    func listDescription(at former: String? = nil) -> String {
        let url = (former ?? signedBy ?? registries.first?.url).map(urlWithoutCredentials) ?? id
        let choices = options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return choices.isEmpty ? url : "\(url) (\(choices.joined(separator: ", ")))"
    }
}
