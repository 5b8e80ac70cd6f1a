import Foundation
import MiningStore
import PackageMining
import PackageStudies
import Synchronization

/// The audit of a list, whatever its witness is: what that has proven is kept beside the list's own state.
struct ListAudit: Sendable {
    /// The state of the witness; nil where it is that of the list.
    private let store: MiningStore?

    /// Walks what the witness has that was not walked before.
    let prove: @Sendable () async throws -> Void

    /// Holds a list to what was proven.
    let compare: @Sendable (_ list: URL) async throws -> AuditReport

    /// - Throws: `StateError`
    init(
        of ecosystem: Ecosystem, by witness: some Witness, through session: any RegistrySession, options: MiningOptions,
        progress: RunProgress, fresh: Bool = false
    ) throws {
        let files = StateFiles(outputFolder: options.outputFolder, id: witness.ecosystem.id)
        let store = try MiningStore(files, fresh: fresh)
        let audit = Audit(
            of: ecosystem, by: witness, through: session, into: store, options: options, progress: progress)
        self.init(audit, keeping: store) { try await audit.prove() }
    }

    /// The audit of a list that is being made: the walk that lists is the proof where the list is made of what it is held
    /// against.
    ///
    /// - Throws: `StateError`
    init(
        of miner: some EcosystemMiner, in store: MiningStore, by witness: some Witness,
        through session: any RegistrySession, options: MiningOptions, progress: RunProgress
    ) throws {
        if let own = miner as? any Witness, own.ecosystem.signedBy == witness.ecosystem.signedBy {
            self.init(ofListBy: own, in: store, through: session, options: options, progress: progress)
        } else {
            try self.init(
                of: miner.ecosystem, by: witness, through: session, options: options, progress: progress)
        }
    }

    /// The audit of a list that was made of what it is held against: the walk that has listed it is the proof.
    private init(
        ofListBy witness: some Witness, in store: MiningStore, through session: any RegistrySession,
        options: MiningOptions, progress: RunProgress
    ) {
        let audit = Audit(
            of: witness.ecosystem, by: witness, through: session, into: store, options: options, progress: progress)
        self.init(audit, keeping: nil) { try await audit.testimony() }
    }

    private init<ItsWitness>(
        _ audit: Audit<ItsWitness>, keeping store: MiningStore?,
        prove testify: @escaping @Sendable () async throws -> Testimony
    ) {
        self.store = store
        let proven = Proven()
        prove = { proven.testimony = try await testify() }
        compare = { list in
            guard let testimony = proven.testimony else { throw CancellationError() }
            return try await audit.compare(testimony, with: list) { try await NamesOfList(list.path).read($0) }
        }
    }

    /// Lets others have the state.
    func close() async throws { try await store?.close() }
}

/// What was proven, between the two halves of an audit.
private final class Proven: Sendable {
    private let state = Mutex<Testimony?>(nil)

    var testimony: Testimony? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
