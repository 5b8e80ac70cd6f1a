import Foundation
import Testing

/// `Dockerfile`, held against what stands, since no engine is needed to see these.
@Suite("The image")
struct ImageTests {
    /// An instruction with its words: a line, and those that it goes on in.
    private func instructions() throws -> [(name: String, words: [String])] {
        try House.text("Dockerfile").replacing("\\\n", with: " ").split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .map { line in
                let words = line.split(separator: " ").map { String($0) }
                return (words[0], Array(words.dropFirst()))
            }
    }

    private func words(_ name: String) throws -> [[String]] {
        try instructions().filter { $0.name == name }.map(\.words)
    }

    @Test("The image is built from what is there, and from what is not kept from it")
    func copiesWhatIsThere() throws {
        let kept = Set(try House.text(".dockerignore").matches(of: /(?m)^!(.+)$/).map { String($0.output.1) })
        let copied = try words("COPY").filter { !$0[0].hasPrefix("--from=") }.flatMap { $0.dropLast() }
        #expect(Set(copied) == kept)
        for path in copied { #expect(House.exists(path), "\(path)") }
    }

    @Test("The image is built by scripts and targets that are there")
    func runsWhatIsThere() throws {
        let makefile = try House.text("Makefile")
        let commands = try words("RUN").flatMap { $0.joined(separator: " ").split(separator: "&&") }.map {
            $0.split(separator: " ").map { String($0) }
        }
        #expect(commands.contains(["make", "libraries", "package-tools"]))
        #expect(commands.contains([".make/deb"]))
        for command in commands where command[0] == "make" {
            for target in command.dropFirst() { #expect(makefile.contains("\n\(target):"), "\(target)") }
        }
        for command in commands where command[0].hasPrefix(".make/") { #expect(House.exists(command[0])) }
    }

    @Test("The image has versions of what it stands on, and no list of packages in a layer")
    func isNamed() throws {
        let stages = try words("FROM")
        #expect(stages.count == 2)
        for stage in stages { #expect(stage[0].contains(/^[a-z]+:[a-z0-9.-]+$/) && !stage[0].hasSuffix(":latest")) }
        for run in try words("RUN").map({ $0.joined(separator: " ") }) where run.contains("apt-get") {
            #expect(run.contains("rm -rf") && run.contains("/var/lib/apt/lists/*"), "\(run)")
            #expect(run.contains("--no-install-recommends"), "\(run)")
        }
    }

    @Test("The image runs the command as a user without rights, with the lists in a volume that is theirs")
    func runsWithoutRights() throws {
        let made = try #require(try words("RUN").last?.joined(separator: " "))
        let user = try #require(try words("USER").last?.first?.split(separator: ":").first)
        #expect(Int(user) ?? 0 > 0)
        #expect(made.contains("--uid \(user) "))
        let volume = try #require(try words("VOLUME").last?.first)
        #expect(made.contains("mkdir -p \(volume) "))
        #expect(volume.hasPrefix("\(try words("WORKDIR").last?.first ?? "none")/"))
        #expect(try words("ENTRYPOINT") == [["[\"pkgmine\"]"]])
        // What is done to a folder behind the instruction that makes a volume of it is lost.
        let names = try instructions().map(\.name)
        #expect(try #require(names.lastIndex(of: "RUN")) < #require(names.firstIndex(of: "VOLUME")))
    }
}
