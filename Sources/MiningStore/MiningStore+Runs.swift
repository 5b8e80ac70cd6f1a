import Foundation
import GRDB
public import PackageMining

extension MiningStore {
    public func openRun(_ facts: RunFacts, of ecosystem: Ecosystem, on terms: RunTerms) throws -> OpenRun {
        try transaction { db in
            try holdToCursors(terms.cursorFormat, db)
            try holdToList(of: ecosystem, movedFrom: terms.movedFrom, db)
            let former = try formerRegistries(db)
            let isUpdate = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE isComplete)") ?? false
            let open = try Row.fetchOne(db, sql: "SELECT began, hasSpans FROM runs WHERE finished IS NULL")
            if let open {
                let began = RunFacts(began: Date(timeIntervalSince1970: try open.decode(forColumn: "began")))
                return OpenRun(
                    facts: began, isResumed: true, hasSpans: try open.decode(forColumn: "hasSpans"),
                    isUpdate: isUpdate, formerRegistries: former)
            }
            if isUpdate {
                try indexReleases(db)
                try ListEnd.mark(db, unlessMarked: true)
            }
            try db.execute(
                sql: "INSERT INTO runs (began) VALUES (?)", arguments: [facts.began.timeIntervalSince1970])
            return OpenRun(
                facts: facts, isResumed: false, hasSpans: false, isUpdate: isUpdate, formerRegistries: former)
        }
    }

    public func finishRun(_ end: RunEnd) throws {
        try durableTransaction { db in
            try db.execute(
                sql: """
                    UPDATE runs SET finished = ?, isComplete = ?, requests = ?, retries = ? WHERE finished IS NULL
                    """,
                arguments: [end.finished.timeIntervalSince1970, end.isComplete, end.requests, end.retries])
            if end.isComplete { try ListEnd.mark(db) }
        }
        try files.forgetPrevious()
    }

    /// Once something was taken, the run's beginning stands: windows were cut by it, and each may hold entries that no
    /// later run would ask for.
    public func abandonRun() throws {
        try transaction { db in
            let run = "(SELECT id FROM runs WHERE finished IS NULL)"
            let pages = try Int.fetchOne(db, sql: "SELECT total(pages) + total(isWalked) FROM spans WHERE run = \(run)")
            guard pages == 0 else { return }
            try db.execute(sql: "DELETE FROM spans WHERE run = \(run); DELETE FROM runs WHERE finished IS NULL")
        }
    }
}
