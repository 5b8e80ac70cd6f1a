import PackageMining
import Synchronization

/// A module index and a module proxy in memory.
///
/// It speaks the protocols of https://index.golang.org and https://proxy.golang.org, the latter with and without
/// `/cached-only`, and knows what a list mined from it must say.
public final class GoRegistry: Sendable {
    struct State: Sendable {
        var index = GoIndex()
        var modules: [String: GoModule] = [:]
        /// Answers that stand in front of those which follow from `modules`, by "path request".
        var table: [String: GoProxyAnswer] = [:]
        /// The truth where a fixture states it, in order of first appearance.
        var expected: [ExpectedModule]?
        /// How often "fetch timed out" was answered, by "path request".
        var timeouts: [String: Int] = [:]
        var pageSize = 2000
        var isOrderedByPath = true
        var isAlive = false
    }

    let state: Mutex<State>

    /// A registry of these modules.
    public init(_ modules: [GoModule] = []) {
        state = Mutex(State())
        grow(modules)
    }

    init(_ initial: State) {
        state = Mutex(initial)
    }

    /// The most entries that a page of the index holds, whatever a client asks for.
    public var pageSize: Int {
        get { state.withLock { $0.pageSize } }
        set { state.withLock { $0.pageSize = newValue } }
    }

    /// Whether the index goes on, as the real one does: behind its entries there is always one that came when any run
    /// had begun, so that a run need not look for the end.
    public var isAlive: Bool {
        get { state.withLock { $0.isAlive } }
        set { state.withLock { $0.isAlive = newValue } }
    }

    /// All entries of the index, in its order.
    public var entries: [GoIndexEntry] { state.withLock { $0.index.entries } }

    /// Adds modules, and releases to modules that are there. Works while the registry is up.
    ///
    /// A module that is there takes over the newcomer's conduct and repository.
    public func grow(_ modules: [GoModule]) {
        state.withLock { state in
            for module in modules { state.add(module) }
            let entries = modules.flatMap { module in
                module.releases.map {
                    GoIndexEntry(module.path, $0.version, at: $0.time, isUnavailable: $0.isUnavailable)
                }
            }
            state.index = GoIndex(state.index.entries + entries, isOrderedByPath: state.isOrderedByPath)
        }
    }

    /// Adds entries to the index alone: the same version twice, or lines that are no entries.
    public func grow(entries: [GoIndexEntry]) {
        state.withLock { state in
            state.index = GoIndex(state.index.entries + entries, isOrderedByPath: state.isOrderedByPath)
        }
    }

    /// Moves entries apart that share a time: each at least a nanosecond behind the one before it, in their order.
    ///
    /// Entries of one time that do not fit in a page cannot be walked. This makes any registry walkable by pages of two.
    public func spreadOut() {
        state.withLock { state in
            var entries = state.index.entries
            for number in entries.indices.dropFirst() {
                let least = entries[number - 1].time.nanoseconds + 1
                entries[number].time.nanoseconds = max(entries[number].time.nanoseconds, least)
            }
            state.index = GoIndex(entries, isOrderedByPath: state.isOrderedByPath)
            state.expected?.takeTimes(from: entries)
        }
    }

    /// Puts an answer in front of what the module's conduct says. `request` is `@latest` or `@v/VERSION.info`.
    public func answer(_ path: String, _ request: String, with answer: GoProxyAnswer) {
        state.withLock { $0.table["\(path) \(request)"] = answer }
    }

    /// Changes how the proxy answers for a module from now on: one that was down is back.
    public func setConduct(_ conduct: GoConduct, of path: String) {
        state.withLock { $0.modules[path]?.conduct = conduct }
    }
}

extension [ExpectedModule] {
    fileprivate mutating func takeTimes(from entries: [GoIndexEntry]) {
        let firsts = Dictionary(
            entries.filter { !$0.isUnavailable }.map { ([UInt8]($0.path.utf8), $0.time) }, uniquingKeysWith: Swift.min)
        for number in indices {
            self[number].appeared = firsts[[UInt8](self[number].path.utf8)] ?? self[number].appeared
        }
    }
}

extension GoRegistry.State {
    mutating func add(_ module: GoModule) {
        var module = module
        if let known = modules[module.path] { module.releases = known.releases + module.releases }
        modules[module.path] = module
    }
}
