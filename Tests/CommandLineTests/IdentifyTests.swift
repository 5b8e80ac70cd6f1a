import Foundation
import MachineTools
import Testing

@Suite("identify, as a command")
struct IdentifyTests {
    private static let added = "Canonical Repository,Host,Owner,Repository Name,Subdirectory,Not Understood"

    /// Runs a line of the shell in which `pkgmine` is the built one.
    private func shell(_ line: String, in folder: Scratch) async throws -> Tool.Outcome {
        let bash = try #require(Tool.machine("bash"))
        let path = Tool.pkgmine.executable.path
        return try await bash.run(["-c", "pkgmine() { '\(path)' \"$@\"; }; \(line)"], in: folder.url)
    }

    @Test("it is a filter: standard input comes out on standard output, and a file takes the rows where one is named")
    func filter() async throws {
        let folder = try Scratch()
        let piped = try await shell(
            "printf 'Repository\\ngithub.com/a/b\\n' | tee in.csv | pkgmine identify", in: folder)
        let expected = "Repository,\(Self.added)\ngithub.com/a/b,https://github.com/a/b,github.com,a,b,,\n"
        #expect((piped.status, piped.output, piped.errors) == (0, expected, ""))
        let written = try await shell("pkgmine identify in.csv -o out.csv && cat out.csv", in: folder)
        #expect((written.status, written.output, written.errors) == (0, expected, ""))
        let packed = try await shell("gzip -c in.csv | pkgmine identify - in.csv | wc -l", in: folder)
        #expect(packed.output.trimmingCharacters(in: .whitespacesAndNewlines) == "3")
    }

    @Test("what has arrived goes out before more is waited for")
    func answersAtOnce() async throws {
        let script = """
            coproc FILTER { pkgmine identify --lines; }
            for name in a b c; do
                echo "github.com/x/$name" >&"${FILTER[1]}"
                IFS= read -r -t 60 line <&"${FILTER[0]}" || exit 1
                echo "$line"
            done
            """
        let outcome = try await shell(script, in: try Scratch())
        let rows = ["a", "b", "c"].map { "github.com/x/\($0),https://github.com/x/\($0),github.com,x,\($0),,\n" }
        #expect((outcome.status, outcome.output) == (0, rows.joined()))
    }

    @Test("who reads no further ends it without a word, and a fault is told behind the rows before it")
    func ends() async throws {
        let folder = try Scratch()
        let headed = try await shell(
            "yes github.com/a/b | pkgmine identify | head -n 1; echo \"${PIPESTATUS[1]}\"", in: folder)
        #expect((headed.output, headed.errors) == ("github.com/a/b,https://github.com/a/b,github.com,a,b,,\n141\n", ""))
        let faulty = try await shell("printf 'Name,Repository\\na,b\\nc\\n' | pkgmine identify", in: folder)
        #expect(faulty.status == 1)
        #expect(faulty.output == "Name,Repository,\(Self.added)\na,b,,,,,,not an address\n")
        #expect(
            faulty.errors == """
                error: a list could not be read
                  at: standard input, line 3
                  because: the row has 1 of 2 fields
                  saved: the rows before it were written

                hint: a table is UTF-8 CSV (RFC 4180), and its first line names the columns; where each line is an address, \
                use --lines

                """)
    }

    @Test(
        "words that cannot be meant are refused",
        arguments: [
            (["--lines", "--column", "a"], "--lines and --column exclude each other"),
            (["-", "-"], "standard input can be read once only"),
        ])
    func refuses(words: [String], reason: String) async throws {
        let outcome = try await Tool.pkgmine.run(["identify"] + words)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(reason))
    }
}
