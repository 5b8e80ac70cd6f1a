/// Packages over time, a line an ecosystem. Lines differ in colour and in dashes.
struct GrowthPlot {
    let growth: [ReportNumbers.Growth]

    private let left = 70.0
    private let width = 440.0
    private let height = 240.0
    private let top = 16.0

    func figure() -> String {
        let lines = growth.prefix(8)
        let months = lines.flatMap { $0.months.map { Self.number($0.month) } }
        let (first, end) = (months.min() ?? 0, months.max() ?? 1)
        let last = max(end, first + 1)
        let axis = Axis(upTo: lines.flatMap { $0.months.map(\.packages) }.max() ?? 0, length: height)
        let told = lines.map { "\($0.ecosystem): \(Markup.number($0.months.last?.packages ?? 0))" }
        var drawing = Drawing(
            id: "growth", title: "Packages that had appeared by the end of each month",
            description: Markup.text(told.joined(separator: "; "), limit: 2000), width: 720, height: top + height + 56)
        for tick in axis.ticks {
            let y = top + height - axis.place(tick)
            drawing.line(left, y, left + width, y, "grid")
            drawing.text(Axis.label(tick), left - 6, y + 4, "tick", anchor: "end")
        }
        func place(_ month: Int) -> Double { left + Double(month - first) / Double(last - first) * width }
        let ticks = TimeTicks(from: first, through: end)
        for month in ticks.months {
            drawing.line(place(month), top + height, place(month), top + height + 4, "grid")
            drawing.text(ticks.label(month), place(month), top + height + 18, "tick", anchor: "middle")
        }
        drawing.text(ticks.title, left + width / 2, top + height + 42, "axis", anchor: "middle")
        drawing.text("Packages", 16, top + height / 2, "axis", anchor: "middle", turned: true)
        for (index, line) in lines.enumerated() {
            let points = line.months.map { month in
                "\(px(place(Self.number(month.month)))),\(px(top + height - axis.place(month.packages)))"
            }
            drawing.body +=
                "<polyline points=\"\(points.joined(separator: " "))\" class=\"line l\(index)\"><title>\(Markup.text(line.ecosystem))</title></polyline>\n"
            if line.months.count == 1, let only = line.months.first {
                let (x, y) = (px(place(Self.number(only.month))), px(top + height - axis.place(only.packages)))
                drawing.body += "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"3\" class=\"line l\(index)\"/>\n"
            }
            let y = top + 12 + Double(index) * 22
            drawing.body += "<polyline points=\"540,\(px(y)) 572,\(px(y))\" class=\"line l\(index)\"/>\n"
            drawing.text(Markup.text(line.ecosystem, limit: 18), 580, y + 4, "label")
        }
        let data =
            [["Ecosystem", "Month", "Packages"]]
            + growth.flatMap { line in line.months.map { [line.ecosystem, $0.month, String($0.packages)] } }
        return drawing.figure(data: Markup.dataLink(data, file: "growth.csv", about: "growth over time"))
    }

    private static func number(_ month: String) -> Int {
        let parts = month.split(separator: "-")
        guard parts.count == 2, let year = Int(parts[0]), let number = Int(parts[1]) else { return 0 }
        return year * 12 + number - 1
    }
}
