import ArgumentParser
import PackageMining

/// `pkgmine all`
struct AllCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let name = PkgmineTool.toolbox.name
        return CommandConfiguration(
            commandName: "all",
            abstract: "Mines several ecosystems side by side, each at its registry's pace.",
            discussion: """
                Examples:

                  \(name) all                     all that need no address
                  \(name) all go npm --no-resolve
                  \(name) all --except npm --except maven
                  \(name) all go rpm --set rpm.repository-url=https://a.example/9

                Each does what its own command does, into the same folder, and one that fails stops no other. Without \
                names, all are mined whose registry is known: by itself, by --set, or by the settings of other tools \
                that its command reads. Run again, it goes on with all.

                --set gives one ecosystem an option of its own command, without the dashes: --set go.include-unavailable, \
                --set npm.limit=100. Where it is given for all too, the one of --set holds. With --record and --replay \
                each has a folder of its own name in that folder, which its own command replays too.

                On stdout is the path of each list that was made, a line each. The exit code is the first of these that \
                holds:

                  130, 143  interrupted; run again to go on with all
                  1         one or more were stopped by an error; the others are done
                  75        all are complete but for what problems files name; run again
                  0         all are complete
                """)
    }

    @Argument(
        help: ArgumentHelp("Which to mine. (default: all that need no address)", valueName: "ecosystem"),
        completion: .ecosystem)
    var ecosystems: [String] = []

    @Option(
        help: ArgumentHelp("Leave this one out; may be given several times.", valueName: "ecosystem"),
        completion: .ecosystem)
    var except: [String] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "An option for one ecosystem alone, as npm.registry-url=URL; may be given several times.",
            valueName: "ecosystem.option=value"))
    var settings: [EcosystemSetting] = []

    @Option(
        help: ArgumentHelp(
            "How many lists are read at once; those that are read look their packages up beside all others.",
            valueName: "number"))
    var listsAtOnce = 4

    @OptionGroup var list: ListArguments
    @OptionGroup var registry: RegistryArguments

    func validate() throws {
        guard listsAtOnce > 0 else {
            throw ValidationError("--lists-at-once takes a number from 1 on, not \(listsAtOnce)")
        }
        try list.check()
        try registry.checkForSeveral()
        _ = try several()
    }

    func run() async throws {
        let several = try several()
        for (id, reason) in several.withoutAddress { printError("note: \(id) is not mined: \(printable(reason))") }
        for one in several.jobs {
            for notice in one.job.notices { printError("note: \(one.id): \(printable(notice))") }
        }
        try await AllConsole(jobs: several.jobs, list: list, registry: registry, listsAtOnce: listsAtOnce).run()
    }

    private func several() throws -> SeveralJobs {
        try SeveralJobs(ecosystems, except: except, settings: settings) { list.words + registry.words(of: $0) }
    }
}
