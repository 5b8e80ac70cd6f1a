import Foundation
import Testing

/// What the pages of this package name is there.
@Suite("The pages")
struct PagesTests {
    private static let pages = Result {
        try ["CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"].map {
            try House.File(path: $0, text: House.text($0))
        }
            + ["Sources", "Plugins", "Tests"].flatMap { try House.files($0, endingIn: ".md") }
    }

    /// All that Swift declares here, and the words of its manifest: its modules and those of other packages.
    private static let declared = Result {
        let files = try ["Sources", "Plugins", "Tests"].flatMap { try House.files($0) }
        let pattern = /\b(?:struct|class|enum|protocol|actor|typealias|associatedtype|func|var|let|case) `?(\w+)/
        let names: [String] = files.flatMap { $0.text.matches(of: pattern).map { String($0.output.1) } }
        let labels: [String] = files.flatMap {
            $0.text.matches(of: /\bcase \w+, ([\w, ]+)/).map { String($0.output.1) }
        }
        .flatMap { $0.split(separator: ", ").map { String($0) } }
        let modules = try House.text("Package.swift").matches(of: /"(\w+)"/).map { String($0.output.1) }
        let miners = House.subfolders(of: "Plugins").map { "\($0)Miner" }
        // A room may be written in another language.
        let rooms = House.subfolders(of: "Sources")
        return Set(names + labels + modules + miners + rooms + ["init", "Testing"])
    }

    /// The text of a page without its blocks of code.
    private func prose(_ page: House.File) -> String { page.text.replacing(/(?s)```.*?```/, with: "") }

    private func folder(_ page: House.File) -> URL {
        URL(filePath: "/\(page.path)").deletingLastPathComponent()
    }

    /// The links of a page inside this package, from the root, each with the heading that it leads to.
    private func links(_ page: House.File) -> [(path: String, heading: String?)] {
        let relative = prose(page).matches(of: /\]\(([^)]+)\)/).map { String($0.output.1) }
            .filter { !$0.contains("://") }
            .map { target in
                let halves = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let path =
                    halves[0].isEmpty ? "/\(page.path)" : folder(page).appending(path: halves[0]).standardized.path
                return (path: String(path.dropFirst()), heading: halves.dropFirst().first.map(String.init))
            }
        let documents = prose(page).matches(of: /<doc:(\w+)>/).map { name in
            (
                path: String(folder(page).appending(path: "\(name.output.1).md").path.dropFirst()),
                heading: nil as String?
            )
        }
        return relative + documents
    }

    /// As GitHub makes them: lower case, blanks as hyphens, letters, digits and hyphens kept.
    private func anchors(_ text: String) -> [String] {
        text.matches(of: /(?m)^#+ (.+)$/).map { heading in
            heading.output.1.lowercased().replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" }
        }
    }

    @Test("The pages lead where they say, down to the heading")
    func linksLead() throws {
        for page in try Self.pages.get() {
            for link in links(page) {
                #expect(House.exists(link.path), "\(page.path) leads to \(link.path)")
                guard let heading = link.heading, House.exists(link.path) else { continue }
                #expect(try anchors(House.text(link.path)).contains(heading), "\(page.path) leads to #\(heading)")
            }
        }
    }

    @Test("The pages are all reached from the README")
    func areReached() throws {
        let pages = try Self.pages.get()
        var reached: Set = ["README.md"]
        var next = ["README.md"]
        while let path = next.popLast() {
            for page in pages where page.path == path {
                for link in links(page) where reached.insert(link.path).inserted { next.append(link.path) }
            }
        }
        // Fixtures say in files of their own where their facts come from.
        let others = pages.map(\.path).filter { !reached.contains($0) && !$0.contains("/Fixtures/") }
        #expect(others == ["Sources/PackageMining/PackageMining.docc/PackageMining.md"])
    }

    @Test("The pages name symbols that are declared")
    func namesSymbols() throws {
        let declared = try Self.declared.get()
        var count = 0
        for page in try Self.pages.get() {
            for symbol in prose(page).matches(of: /``([^`]+)``/).map(\.output.1) {
                for part in symbol.split(separator: "/") {
                    count += 1
                    #expect(declared.contains(String(part.prefix { $0 != "(" })), "\(page.path) names \(symbol)")
                }
            }
        }
        #expect(count > 30)
    }

    @Test("The pages name targets of make that are there")
    func namesTargets() throws {
        let makefile = try House.text("Makefile")
        var count = 0
        for page in try Self.pages.get() {
            for targets in page.text.matches(of: /(?:`|\$ )make ((?:[a-z][a-z-]*\b(?!=) ?)+)/).map(\.output.1) {
                for target in targets.split(separator: " ") {
                    count += 1
                    #expect(makefile.contains("\n\(target):"), "\(page.path) names make \(target)")
                }
            }
        }
        #expect(count > 20)
    }

    @Test("The pages name types and files that are there")
    func namesTypesAndFiles() throws {
        let declared = try Self.declared.get()
        let files = try Set(["Sources", "Plugins", "Tests"].flatMap { try House.files($0) }.map(\.name))
        for page in try Self.pages.get() where page.isOfTheHouse {
            for word in words(page) {
                let isThere =
                    if word.contains(/^(Sources|Plugins|Tests|fixtures|\.make)\/[\w\/.-]+$/) {
                        House.exists(word)
                    } else if word.contains(/^\w+\.swift$/) {
                        files.contains(word) || House.exists(word)
                    } else if let type = word.wholeMatch(of: /([A-Z]\w*[a-z]\w*)(\.\w+)?(\(.*\))?/)?.output.1 {
                        declared.contains(String(type))
                    } else { true }
                #expect(isThere, "\(page.path) names \(word)")
            }
        }
    }

    /// What a page sets as code, but for the files of an ecosystem that is an example.
    private func words(_ page: House.File) -> [String] {
        prose(page).replacing(/``[^`]+``/, with: "").matches(of: /`([^`\n]+)`/).map { String($0.output.1) }
            .filter { !$0.lowercased().contains("crumb") }
    }
}

extension House.File {
    /// Whether the page is for those who work here: a user's guide names files of lists.
    fileprivate var isOfTheHouse: Bool { path.hasPrefix("Sources/") && !path.hasPrefix("Sources/Guide/") }
}
