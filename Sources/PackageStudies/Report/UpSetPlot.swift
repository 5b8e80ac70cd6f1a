/// An UpSet plot: a column a combination of ecosystems, a row an ecosystem (Lex et al., 2014, doi:10.1109/TVCG.2014.2346248).
struct UpSetPlot {
    let numbers: ReportNumbers
    private let shown: ArraySlice<ReportNumbers.Combination>
    private let rows: [ReportNumbers.Ecosystem]

    private let setWidth = 110.0
    private let nameWidth = 120.0
    private let column = 25.0
    private let barsHeight = 190.0
    private let rowHeight = 24.0
    private let top = 26.0

    init(_ numbers: ReportNumbers) {
        self.numbers = numbers
        shown = numbers.combinations.prefix(26)
        let names = Set(shown.flatMap(\.ecosystems).map { Array($0.utf8) })
        rows = numbers.ecosystems.filter { names.contains(Array($0.name.utf8)) }
            .sorted { left, right in
                if left.repositories != right.repositories { return left.repositories > right.repositories }
                return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
            }
    }

    func figure() -> String {
        let left = setWidth + nameWidth + 50
        let width = max(left + column * Double(shown.count) + 16, 560)
        let height = top + barsHeight + 16 + rowHeight * Double(rows.count) + 46
        let told = shown.map { "\($0.ecosystems.joined(separator: " + ")): \(Markup.number($0.repositories))" }
        let what = numbers.match == "name" ? "names" : "repositories"
        let rest = numbers.combinations.count - shown.count
        var drawing = Drawing(
            id: "overlap",
            title: "Shared \(what) by the exact set of ecosystems"
                + (rest > 0 ? ": the \(shown.count) largest of \(numbers.combinations.count) sets" : ""),
            description: Markup.text(told.joined(separator: "; "), limit: 3000), width: width, height: height)
        drawColumns(left, what, &drawing)
        drawRows(left, width, what, &drawing)
        return drawing.figure(data: Markup.dataLink(data, file: "overlap.csv", about: "overlap of ecosystems"))
    }

    private func drawColumns(_ left: Double, _ what: String, _ drawing: inout Drawing) {
        let axis = Axis(upTo: shown.map(\.repositories).max() ?? 0, length: barsHeight)
        let bottom = top + barsHeight
        for tick in axis.ticks {
            let y = bottom - axis.place(tick)
            drawing.line(left - 4, y, left + column * Double(shown.count), y, "grid")
            drawing.text(Axis.label(tick), left - 8, y + 4, "tick", anchor: "end")
        }
        drawing.text("Shared \(what)", left - 52, top + barsHeight / 2, "axis", anchor: "middle", turned: true)
        for (index, combination) in shown.enumerated() {
            let height = axis.place(combination.repositories)
            let x = left + column * Double(index)
            let told = Markup.text(combination.ecosystems.joined(separator: " + "))
            drawing.bar(
                x + 4, bottom - height, column - 8, height, "c0",
                told: "\(told): \(Markup.number(combination.repositories))")
            drawing.text(
                Axis.label(Int(rounded(combination.repositories))).replacing(" ", with: ""), x + column / 2,
                bottom - height - 4, "tiny",
                anchor: "middle")
        }
    }

    /// To three digits, for the little room above a bar.
    private func rounded(_ value: Int) -> Double {
        var unit = 1.0
        while Double(value) / unit >= 1000 { unit *= 10 }
        return (Double(value) / unit).rounded() * unit
    }

    private func drawRows(_ left: Double, _ width: Double, _ what: String, _ drawing: inout Drawing) {
        let first = top + barsHeight + 16
        let axis = Axis(upTo: rows.map(\.repositories).max() ?? 0, length: setWidth - 10, steps: 2)
        for (index, row) in rows.enumerated() {
            let y = first + rowHeight * Double(index)
            if index % 2 == 0 {
                drawing.bar(setWidth, y, width - setWidth, rowHeight, "stripe", told: Markup.text(row.name))
            }
            let size = axis.place(row.repositories)
            drawing.bar(
                setWidth - size, y + 4, size, rowHeight - 8, "c2",
                told: "\(Markup.text(row.name)): \(Markup.number(row.repositories)) \(what) in all")
            drawing.text(Markup.text(row.name, limit: 18), setWidth + 8, y + rowHeight / 2 + 4, "label")
        }
        let bottom = first + rowHeight * Double(rows.count)
        for tick in [0, axis.ticks[axis.ticks.count - 1]] {
            drawing.text(Axis.label(tick), setWidth - axis.place(tick), bottom + 15, "tick", anchor: "middle")
        }
        drawing.text("All \(what)", setWidth / 2, bottom + 34, "axis", anchor: "middle")
        drawing.text("Ecosystems of each set", left + 4, bottom + 34, "axis")
        for (index, combination) in shown.enumerated() {
            drawDots(combination, left + column * (Double(index) + 0.5), first, &drawing)
        }
    }

    private func drawDots(
        _ combination: ReportNumbers.Combination, _ x: Double, _ first: Double, _ drawing: inout Drawing
    ) {
        let members = Set(combination.ecosystems.map { Array($0.utf8) })
        let places = rows.indices.filter { members.contains(Array(rows[$0].name.utf8)) }
        func centre(_ row: Int) -> Double { first + rowHeight * (Double(row) + 0.5) }
        for row in rows.indices where !places.contains(row) {
            drawing.body += "<circle cx=\"\(px(x))\" cy=\"\(px(centre(row)))\" r=\"4\" class=\"off\"/>\n"
        }
        if let low = places.first, let high = places.last {
            drawing.line(x, centre(low), x, centre(high), "link")
        }
        for row in places {
            drawing.body += "<circle cx=\"\(px(x))\" cy=\"\(px(centre(row)))\" r=\"5.5\" class=\"on\"/>\n"
        }
    }

    private var data: [[String]] {
        [["Ecosystems", "Repositories", "Packages"]]
            + numbers.combinations.map {
                [$0.ecosystems.joined(separator: " + "), String($0.repositories), String($0.packages)]
            }
    }
}
