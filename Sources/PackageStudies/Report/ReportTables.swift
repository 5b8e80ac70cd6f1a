/// A table whose cells are markup already.
struct Table {
    let id: String
    let caption: String
    let head: [String]
    let rows: [[String]]
    var foot: [String] = []
    /// Columns that may break their lines, and stand to the left.
    var wrapping: Set<Int> = []

    func html() -> String {
        let headCells = head.enumerated().map {
            "<th scope=\"col\"\(isLeft($0.offset) ? " class=\"left\"" : "")>\($0.element)</th>"
        }
        var body = rows.map { "<tr>\(cells($0))</tr>" }.joined(separator: "\n")
        body = "<tbody>\n\(body)\n</tbody>"
        if !foot.isEmpty { body += "\n<tfoot><tr>\(cells(foot))</tr></tfoot>" }
        return """
            <div class="scroll" role="region" tabindex="0" aria-labelledby="\(id)-caption">
            <table>
            <caption id="\(id)-caption">\(caption)</caption>
            <thead><tr>\(headCells.joined())</tr></thead>
            \(body)
            </table>
            </div>

            """
    }

    private func isLeft(_ column: Int) -> Bool { wrapping.contains(column) }

    private func cells(_ row: [String]) -> String {
        row.enumerated().map { index, cell in
            if index == 0 {
                return
                    "<th scope=\"row\"\(isLeft(0) ? " class=\"left wrap\"" : "") style=\"font-weight:inherit\">\(cell)</th>"
            }
            return isLeft(index) ? "<td class=\"left wrap\">\(cell)</td>" : "<td>\(cell)</td>"
        }.joined()
    }
}

/// What the lists cover, as a table to look at and as one to paste into a paper.
struct CoverageTable {
    private let ecosystems: [ReportNumbers.Ecosystem]
    private let head = [
        "Ecosystem", "Packages", "With homepage", "With repository", "Names a repository", "Repositories", "Shared",
    ]

    init(_ ecosystems: [ReportNumbers.Ecosystem]) {
        self.ecosystems = ecosystems
    }

    func html() -> String {
        let table = Table(
            id: "cover", caption: "What the lists hold", head: head,
            rows: ecosystems.map { [Markup.text($0.name)] + cells($0) }, foot: ["All"] + total)
        return table.html() + """
            <details><summary>The same table for a paper (LaTeX)</summary>
            <pre tabindex="0" aria-label="LaTeX of the coverage table">\(Markup.text(latex, limit: 100_000, keepingLines: true))</pre>
            </details>

            """
    }

    private func cells(_ row: ReportNumbers.Ecosystem) -> [String] {
        [
            Markup.number(row.packages), counted(row.withHomepage, row.packages),
            counted(row.withRepository, row.packages), counted(row.understood, row.packages),
            Markup.number(row.repositories), counted(row.sharedRepositories, row.repositories),
        ]
    }

    /// A repository that two ecosystems share is two of theirs, so those columns have no sum.
    private var total: [String] {
        func sum(_ value: (ReportNumbers.Ecosystem) -> Int) -> Int { ecosystems.reduce(0) { $0 + value($1) } }
        let packages = sum(\.packages)
        return [
            Markup.number(packages), counted(sum(\.withHomepage), packages), counted(sum(\.withRepository), packages),
            counted(sum(\.understood), packages), "–", "–",
        ]
    }

    private func counted(_ part: Int, _ whole: Int) -> String {
        "\(Markup.number(part)) (\(Markup.share(part, of: whole)))"
    }

    private var latex: String {
        var lines = ["\\begin{tabular}{lrrrrrr}", "\\hline", head.joined(separator: " & ") + " \\\\", "\\hline"]
        for row in ecosystems {
            lines.append(([row.name] + cells(row)).map(Self.escaped).joined(separator: " & ") + " \\\\")
        }
        lines += ["\\hline", (["All"] + total).map(Self.escaped).joined(separator: " & ") + " \\\\", "\\hline"]
        return (lines + ["\\end{tabular}"]).joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        var safe = ""
        for character in text {
            switch character {
            case "\\": safe += "\\textbackslash{}"
            case "&", "%", "$", "#", "_", "{", "}": safe += "\\\(character)"
            case "~": safe += "\\textasciitilde{}"
            case "^": safe += "\\textasciicircum{}"
            case "–": safe += "--"
            default: safe.append(character)
            }
        }
        return safe
    }
}

/// Where the lists come from, and how to cite the study.
struct ProvenanceSection {
    private let numbers: ReportNumbers

    init(_ numbers: ReportNumbers) {
        self.numbers = numbers
    }

    func html() -> String {
        var html = ""
        for (index, source) in numbers.provenance.enumerated() {
            if source.facts.isEmpty {
                let why = source.problem ?? "no data package describes this list"
                html += "<p>\(Markup.text(source.list)): \(Markup.text(why)).</p>\n"
                continue
            }
            let rows = source.facts.map { [Markup.text($0.name), Markup.text($0.value)] }
            let table = Table(
                id: "source\(index)", caption: Markup.text(source.list), head: ["Fact", "Value"], rows: rows,
                wrapping: [0, 1])
            html += "<details open><summary>\(Markup.text(source.list))</summary>\n\(table.html())</details>\n"
        }
        return html + """
            <h2>Citation</h2>
            <p>\(Markup.text(sentence, limit: 2000))</p>
            <pre tabindex="0" aria-label="BibTeX">\(Markup.text(bibTeX, limit: 4000, keepingLines: true))</pre>

            """
    }

    private var names: String { numbers.ecosystems.map(\.name).joined(separator: ", ") }

    private var sentence: String {
        let packages = Markup.number(numbers.ecosystems.reduce(0) { $0 + $1.packages })
        return
            "Package lists of \(names) (\(packages) packages), compared by \(numbers.match) with \(numbers.tool) on \(numbers.made)."
    }

    private var bibTeX: String {
        let year = numbers.made.prefix(4)
        return """
            @misc{pkgmine\(year),
              title = {Package lists of \(names.replacing("{", with: "").replacing("}", with: ""))},
              howpublished = {Compared by \(numbers.match) with \(numbers.tool)},
              year = {\(year)},
              note = {Made \(numbers.made)}
            }
            """
    }
}
