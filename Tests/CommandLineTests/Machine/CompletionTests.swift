import Foundation
import MachineTools
import Testing

/// What is offered where Tab is pressed.
@Suite("Completions")
struct CompletionTests {
    private static let bash = Tool.machine("bash")
    private static let fish = Tool.machine("fish")
    private static let zsh = Tool.machine("zsh")

    /// What is typed, and what is offered then, in the order of the alphabet.
    private static let offers = [
        ("pkgmine sta", "status"), ("pkgmine homebrew-", "homebrew-cask"),
        ("pkgmine go --pro", "--progress --proxy-url"), ("pkgmine go --progress ", "auto bar json none plain"),
        ("pkgmine all go n", "npm nuget"), ("pkgmine all --except ru", "rubygems"),
        ("pkgmine status r", "rpm rubygems"),
        ("pkgmine compare ", "Go.csv NPM.csv.gz"), ("pkgmine diff Go.csv N", "NPM.csv.gz"),
    ]

    /// A folder with lists, and with the completions of a shell in the file of that name.
    private func folder(_ shell: String) async throws -> Scratch {
        let folder = try Scratch()
        let script = try await Tool.pkgmine.run(["--generate-completion-script", shell]).output
        for (name, text) in [shell: script, "Go.csv": "", "NPM.csv.gz": "", "notes.txt": ""] {
            try Data(text.utf8).write(to: folder.url.appending(path: name))
        }
        return folder
    }

    /// As the shells sort and join what they offer for each line of their arguments.
    private static let expected = offers.map { "\($0): \($1)\n" }.joined()

    @Test(
        "Completions in bash offer commands, options, values, ecosystems and lists",
        .enabled(if: bash != nil, "needs bash"))
    func completeInBash() async throws {
        let script = """
            source ./bash
            for COMP_LINE; do
                read -ra COMP_WORDS <<<"$COMP_LINE"
                [[ $COMP_LINE != *' ' ]] || COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_POINT=${#COMP_LINE} COMPREPLY=()
                _pkgmine pkgmine "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
                offered=$(printf '%s\\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd ' ' -)
                echo "$COMP_LINE: $offered"
            done
            """
        let folder = try await folder("bash")
        let said = try await #require(Self.bash).run(
            ["-c", script, "bash"] + Self.offers.map(\.0), in: folder.url)
        #expect(said.output == Self.expected)
        #expect(said.errors == "")
    }

    @Test("Completions in fish offer the same", .enabled(if: fish != nil, "needs fish"))
    func completeInFish() async throws {
        let script = """
            source ./fish
            for line in $argv
                set offered (complete -C$line | string replace -r '\\t.*' '' | LC_ALL=C sort)
                echo "$line: $offered"
            end
            """
        let folder = try await folder("fish")
        let said = try await #require(Self.fish).run(
            ["--no-config", "-c", script] + Self.offers.map(\.0), in: folder.url,
            environment: ["HOME": folder.path, "XDG_DATA_HOME": folder.path])
        #expect(said.output == Self.expected)
        #expect(said.errors == "")
    }

    @Test("Completions in zsh are read by it without an error", .enabled(if: zsh != nil, "needs zsh"))
    func areReadByZsh() async throws {
        let folder = try await folder("zsh")
        let said = try await #require(Self.zsh).run(["-n", "zsh"], in: folder.url)
        #expect(said.status == 0)
        #expect(said.errors == "")
    }
}
