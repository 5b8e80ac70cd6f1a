import ArgumentParser
import PackageMining

/// What several ecosystems' commands are to run: each is the job of its own command, given the words of a command line.
struct SeveralJobs {
    struct One: Sendable {
        let id: String
        let job: MiningJob
        /// The command that would run it alone.
        let command: CommandWords
    }

    private(set) var jobs: [One] = []

    /// Ecosystems that nobody has named and that have no registry by default, and what is to be given for them.
    private(set) var withoutAddress: [(id: String, reason: String)] = []

    /// - Parameters:
    ///   - words: what each command is told, by the ecosystem's id.
    /// - Throws: `ValidationError`
    init(
        _ wanted: [String], except: [String], settings: [EcosystemSetting], words: (_ id: String) -> [String]
    ) throws {
        for id in wanted + except + settings.map(\.id) { _ = try PkgmineTool.toolbox.command(of: id) }
        let commands = PkgmineTool.toolbox.plugins.map { $0.command }
        let ids = (wanted.isEmpty ? commands.map { $0.ecosystem.id } : wanted).filter { !except.contains($0) }
        for id in ids where !jobs.contains(where: { $0.id == id }) {
            let own = settings.filter { $0.id == id }
            try add(id, words(id), own, isNamed: !wanted.isEmpty || !own.isEmpty)
        }
        for setting in settings where !jobs.contains(where: { $0.id == setting.id }) {
            let option = "--set \(setting.id).\(printable(setting.name))"
            throw ValidationError("\(option): \(setting.id) is not mined in this run")
        }
        if jobs.isEmpty { throw ValidationError("nothing is left to mine") }
        try refuseSharedFiles()
    }

    private mutating func add(_ id: String, _ words: [String], _ own: [EcosystemSetting], isNamed: Bool) throws {
        if let setting = own.first(where: \.isOfAll) {
            throw ValidationError("--set \(id).\(setting.name): --\(setting.name) holds for all, and has no ecosystem")
        }
        let command = try PkgmineTool.toolbox.command(of: id)
        let words = words + own.map(\.word)
        do {
            let job = try command.job(from: words)
            jobs.append(One(id: id, job: job, command: CommandWords([id] + words)))
        } catch {
            let reason = command.message(for: error)
            guard !isNamed, command.ecosystem.registries.contains(where: \.url.isEmpty) else {
                throw ValidationError("\(id): \(printable(urlWithoutCredentials(reason)))")
            }
            withoutAddress.append((id, reason.split(separator: "\n").first.map(String.init) ?? reason))
        }
    }

    /// Lists that would be one file are told apart before anything is asked.
    private func refuseSharedFiles() throws {
        var owners: [String: String] = [:]
        for one in jobs {
            let name = one.job.arguments.single.fileName ?? "\(one.job.ecosystem.fileName).csv"
            // A list and one that is gzip would share the files beside them.
            let key = simpleLowercase(name).replacing(".csv.gz", with: ".csv")
            if let owner = owners.updateValue(one.id, forKey: key) {
                throw ValidationError("\(printable(name)) would be the list of \(owner) and of \(one.id)")
            }
        }
    }
}

extension EcosystemCommand {
    fileprivate static func job(from words: [String]) throws -> MiningJob { try parse(words).job() }
}
