/// The report as one page of HTML that needs nothing else.
public struct ReportPage: Sendable {
    let numbers: ReportNumbers

    public init(_ numbers: ReportNumbers) {
        self.numbers = numbers
    }

    /// The page. It holds no script, asks for nothing, and the same numbers give the same bytes.
    public func html() -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="generator" content="\(Markup.text(numbers.tool))">
        <title>\(title)</title>
        <style>
        \(ReportStyle.css)
        </style>
        </head>
        <body>
        <main>
        <h1>\(title)</h1>
        <p class="soft">Made \(Markup.text(numbers.made)) with \(Markup.text(numbers.tool)). \(matching)</p>
        \(keyFigures)
        <h2>Coverage</h2>
        \(CoverageTable(numbers.ecosystems).html())
        \(coveragePlot)
        <h2>Addresses</h2>
        \(LookUpPlot(numbers.provenance).figure())
        \(columnPlot)
        \(hostPlot)
        \(reasonTable)
        <h2>Overlap</h2>
        \(overlap)
        \(growth)
        <h2>Provenance</h2>
        \(ProvenanceSection(numbers).html())
        </main>
        </body>
        </html>

        """
    }

    private var title: String {
        let names = numbers.ecosystems.map(\.name)
        let shown = names.count > 8 ? "\(names.count) package ecosystems" : names.joined(separator: ", ")
        return Markup.text("Repositories of \(shown)")
    }

    private var matching: String {
        let inferred = numbers.inferred ? " Inferred repositories are included." : ""
        switch numbers.match {
        case "name": return "Packages are matched by name."
        case "repository-or-homepage":
            return "Packages are matched by the repository that they name, or else that their homepage is." + inferred
        default: return "Packages are matched by the repository that they name." + inferred
        }
    }

    private var keyFigures: String {
        let packages = numbers.ecosystems.reduce(0) { $0 + $1.packages }
        let understood = numbers.ecosystems.reduce(0) { $0 + $1.understood }
        let shared = numbers.combinations.reduce(0) { $0 + $1.repositories }
        let members = numbers.combinations.reduce(0) { $0 + $1.packages }
        let figures = [
            ("Ecosystems", Markup.number(numbers.ecosystems.count)), ("Packages", Markup.number(packages)),
            ("Name a repository", Markup.share(understood, of: packages)),
            (numbers.match == "name" ? "Shared names" : "Shared repositories", Markup.number(shared)),
            ("Packages that share", Markup.number(members)),
        ]
        let items = figures.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
        return "<dl class=\"key\">\(items.joined())</dl>"
    }

    private var coveragePlot: String {
        let rows = numbers.ecosystems.map { row in
            BarPlot.Row(label: row.name, parts: [row.packages, row.withHomepage, row.withRepository], note: "")
        }
        let data =
            [["Ecosystem", "Packages", "With homepage", "With repository"]]
            + numbers.ecosystems.map {
                [$0.name, String($0.packages), String($0.withHomepage), String($0.withRepository)]
            }
        return BarPlot(
            id: "coverage", title: "Packages, and those with a homepage and a repository", axisTitle: "Packages",
            legend: ["all packages", "with homepage", "with repository"], rows: rows, isGrouped: true
        ).figure(data: data)
    }

    private var columnPlot: String {
        if numbers.match == "name" { return "" }
        let shares = numbers.ecosystems.map { row in
            (row, [row.understood, row.withRepository - row.understood, row.packages - row.withRepository])
        }
        let rows = shares.map { row, parts in
            BarPlot.Row(label: row.name, parts: parts, note: Markup.share(row.understood, of: row.packages))
        }
        let data =
            [["Ecosystem", "Names a repository", "Names none", "No address"]]
            + shares.map { row, parts in [row.name] + parts.map(String.init) }
        return BarPlot(
            id: "column", title: "What the Repository column holds", axisTitle: "Share of the packages",
            legend: ["names a repository", "names none", "no address"], rows: rows, isShare: true
        ).figure(data: data)
    }

    private var hostPlot: String {
        var hosts: [String: Int] = [:]
        for row in numbers.ecosystems { hosts.merge(row.hosts, uniquingKeysWith: +) }
        guard !hosts.isEmpty else { return "" }
        let sorted = hosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let whole = sorted.reduce(0) { $0 + $1.value }
        var rows = sorted.prefix(10).map { host in
            BarPlot.Row(label: host.key, parts: [host.value], note: Markup.share(host.value, of: whole))
        }
        let rest = sorted.dropFirst(10)
        if !rest.isEmpty {
            let sum = rest.reduce(0) { $0 + $1.value }
            rows.append(BarPlot.Row(label: "\(rest.count) more", parts: [sum], note: Markup.share(sum, of: whole)))
        }
        let data = [["Host", "Packages"]] + sorted.map { [$0.key, String($0.value)] }.prefix(1000)
        return BarPlot(
            id: "hosts", title: "Packages by the host of their repository", axisTitle: "Packages",
            legend: ["packages"], rows: rows
        ).figure(data: data)
    }

    private var reasonTable: String {
        var reasons: [String: Int] = [:]
        for row in numbers.ecosystems { reasons.merge(row.notUnderstood, uniquingKeysWith: +) }
        guard !reasons.isEmpty else { return "" }
        let sorted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let rows = sorted.map { [Markup.text($0.key), Markup.number($0.value)] }
        return Table(
            id: "reasons", caption: "Addresses that name no repository, by why", head: ["Reason", "Packages"],
            rows: rows
        ).html()
    }

    private var overlap: String {
        if numbers.combinations.isEmpty { return "<p>No two of these ecosystems share anything.</p>" }
        let rows = numbers.mostShared.map { row in
            [
                Markup.text(row.repository), Markup.text(row.ecosystems.joined(separator: " + "), limit: 200),
                Markup.number(row.ecosystems.count), Markup.number(row.packages),
            ]
        }
        let table = Table(
            id: "shared", caption: "Shared by most ecosystems",
            head: [numbers.match == "name" ? "Name" : "Repository", "Ecosystems", "Number", "Packages"], rows: rows,
            wrapping: [0, 1])
        return UpSetPlot(numbers).figure() + table.html()
    }

    private var growth: String {
        numbers.growth.isEmpty ? "" : "<h2>Growth</h2>\n" + GrowthPlot(growth: numbers.growth).figure()
    }
}
