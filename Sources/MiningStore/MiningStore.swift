import Foundation
package import GRDB
public import PackageMining

/// The checkpoint of one ecosystem's list, in a SQLite file.
///
/// Write-ahead logging with `synchronous = NORMAL`: a killed process loses nothing that was stored; a power cut may
/// take the last transactions whole, never a part of one, and since a page and its cursor are one transaction the
/// walk goes on where the stored cursor is. Package IDs and the end of a run are on the disk before a list that has
/// them takes the place of the old one. The log is moved into the file at 32 MiB and not at SQLite's 4, since each
/// time waits for the disk twice.
public actor MiningStore: Checkpoint {
    let files: StateFiles
    var names: NameTable?
    var lastPackage: PackageRow = 0
    var settledMark: PackageID?
    var touched: [PackageID]?

    /// What the snapshot under way has not told.
    var untold: [PackageID] = []

    /// The packages that a list has named too, a bit for each row, while the two are compared.
    var found: [UInt64] = []

    /// The row of the service at which packages are looked up in this run.
    var service: Int64?
    private let database: DatabaseQueue
    private var lock: StateLock?
    let opened: OpenedFile
    let room: DiskRoom
    private let executor: QueueExecutor

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the state, or makes a new one.
    ///
    /// - Parameter fresh: start over, and keep the old state aside until a run is finished.
    /// - Throws: `StateError`
    public init(_ files: StateFiles, fresh: Bool = false) throws {
        try self.init(files, fresh: fresh, room: DiskRoom(files.folder))
    }

    package init(_ files: StateFiles, fresh: Bool = false, room: DiskRoom) throws {
        self.files = files
        self.room = room
        executor = QueueExecutor(label: "pkgmine.store.\(files.id)")
        try files.makeFolder()
        lock = try StateLock(files.lock.path)
        if fresh { try files.putAside() }
        database = try MiningStore.open(files.state.path, room)
        opened = OpenedFile(files.state.path)
    }

    /// Writes the log into the file, closes it, and lets others have it.
    public func close() throws {
        try database.close()
        lock = nil
    }

    /// Runs `body` in one transaction.
    ///
    /// SQLite would go on for hours in a file that was removed or moved away, and all of it would be for nothing.
    package func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        guard opened.isUnchanged else { throw StateError.movedAway(file: files.state.path) }
        return try explained { try database.write(body) }
    }

    /// Runs `body` in one transaction that is on the disk, with all before it, when this returns: what follows from
    /// it may be published, and a power cut takes nothing of it back.
    func durableTransaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try explained { try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") } }
        let result = try transaction(body)
        try explained { try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = NORMAL") } }
        return result
    }

    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try explained { try database.unsafeRead(body) }
    }

    /// Reads on a connection of its own, beside the actor and others that read. Nothing cancels it: what a checkpoint
    /// reads is waited for.
    nonisolated func readAside<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        guard opened.isUnchanged else { throw StateError.movedAway(file: files.state.path) }
        let reader = try explained { try DatabaseQueue(path: files.state.path, configuration: Self.aside) }
        let answer = await withCheckedContinuation { continuation in
            reader.asyncRead { db in continuation.resume(returning: Swift.Result { try body(db.get()) }) }
        }
        // The connection that writes is to be the last one: closing, it moves the log into the file.
        try explained { try reader.close() }
        return try explained { try answer.get() }
    }

    private nonisolated func explained<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StateError(error, file: files.state.path)
        } catch is RowDecodingError {
            throw StateError(FirstPlaces.damaged, file: files.state.path)
        }
    }

    private static func open(_ path: String, _ room: DiskRoom) throws -> DatabaseQueue {
        do {
            try makePrivate(path)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try database.writeWithoutTransaction { try check($0, path: path, room) }
            return database
        } catch let error as DatabaseError {
            throw StateError(error, file: path)
        }
    }

    /// An empty file is a new state to SQLite, and its logs get the file's mode: all are the owner's alone from the
    /// first moment on.
    private static func makePrivate(_ path: String) throws {
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StateError.unusable(file: path, reason: systemError()) }
        defer { Foundation.close(file) }
        guard fchmod(file, 0o600) == 0 || errno == EPERM else {
            throw StateError.unusable(file: path, reason: systemError())
        }
    }

    /// For a connection that reads beside the one that writes.
    private static var aside: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        return configuration
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "pkgmine"
        configuration.maximumReaderCount = 1
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = NORMAL;
                    PRAGMA wal_autocheckpoint = 8192;
                    PRAGMA temp_store = FILE;
                    """)
            try fitCache(db)
        }
        return configuration
    }

    /// Gives SQLite a cache of 32 bytes a package, between 4 and 32 MiB. A listing for the first time adds rows at the
    /// end alone; what looks rows up afterwards gains from a cache that grows with them, and a list of 150,000 packages
    /// takes less than 100 MiB in all.
    static func fitCache(_ db: Database) throws {
        let isNew = try !db.tableExists("packages")
        let packages = isNew ? 0 : try Int.fetchOne(db, sql: "SELECT max(id) FROM packages") ?? 0
        let kibibytes = min(max(4 << 10, packages / 32), 32 << 10)
        try db.execute(sql: "PRAGMA cache_size = -\(kibibytes)")
    }

    private static func check(_ db: Database, path: String, _ room: DiskRoom) throws {
        let format = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if format == 0, tables == 0 {
            return try db.inTransaction {
                try Schema.create(db)
                return .commit
            }
        }
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw StateError.damaged(file: path, reason: "it is a database of another program")
        }
        try Schema.hold(format, in: path)
        if format == Schema.format { return }
        // All of it is written anew, into the log and then into the file.
        let bytes = OpenedFile(path).bytes
        try room.hold(packages: 0, bytes: bytes, growth: bytes)
        try db.inTransaction {
            try Schema.migrate(db, from: format)
            return .commit
        }
    }
}

extension StateError {
    /// What SQLite says, as what the user can do about it.
    init(_ error: DatabaseError, file: String) {
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged(file: file, reason: error.message ?? "SQLite finds it damaged")
        default:
            let reason = error.message ?? "\(error.resultCode)"
            let limit = error.resultCode == .SQLITE_IOERR ? limitOfFileSize : nil
            self = .unusable(file: file, reason: limit.map { "\(reason): \($0)" } ?? reason)
        }
    }
}

/// What keeps files small where the user has said so (`ulimit -f`); SQLite says no more than that a write failed.
private var limitOfFileSize: String? {
    var limit = rlimit()
    #if canImport(Glibc)
        let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0
    #else
        let isKnown = getrlimit(RLIMIT_FSIZE, &limit) == 0
    #endif
    guard isKnown, limit.rlim_cur < UInt64(Int64.max) else {
        return nil
    }
    return "files may not grow beyond \(limit.rlim_cur) bytes here"
}
