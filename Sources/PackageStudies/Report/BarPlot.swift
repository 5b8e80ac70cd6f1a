/// Horizontal bars, each of one or more parts, with a legend where there are several.
struct BarPlot {
    struct Row {
        let label: String
        let parts: [Int]
        /// What stands behind the bar.
        let note: String
    }

    let id: String
    let title: String
    let axisTitle: String
    /// The parts' names; one name needs no legend.
    let legend: [String]
    let rows: [Row]
    /// Whether each bar is drawn as shares of its whole.
    var isShare = false
    /// Whether parts stand below one another instead of in a line.
    var isGrouped = false

    private let labelWidth = 150.0
    private let plotWidth = 440.0
    private var top: Double { 10 + legendLineHeight * Double(legendLines.count) }
    private let legendLineHeight = 24.0

    private var barHeight: Double { isGrouped ? 11 : 18 }
    private var rowHeight: Double { isGrouped ? barHeight * Double(legend.count) + 9 : 26 }

    func figure(data: [[String]]) -> String {
        let height = top + rowHeight * Double(rows.count) + 50
        var drawing = Drawing(
            id: id, title: title, description: Markup.text(description, limit: 2000), width: 720, height: height)
        drawLegend(&drawing)
        let axis = Axis(upTo: isShare ? 100 : largest, length: plotWidth)
        let bottom = top + rowHeight * Double(rows.count)
        for tick in axis.ticks {
            let x = labelWidth + axis.place(tick)
            drawing.line(x, top - 4, x, bottom, "grid")
            drawing.text(isShare ? "\(tick) %" : Axis.label(tick), x, bottom + 16, "tick", anchor: "middle")
        }
        drawing.text(axisTitle, labelWidth + plotWidth / 2, bottom + 38, "axis", anchor: "middle")
        for (index, row) in rows.enumerated() { draw(row, top + rowHeight * Double(index), axis, &drawing) }
        return drawing.figure(data: Markup.dataLink(data, file: "\(id).csv", about: title))
    }

    private var largest: Int {
        rows.map { isGrouped ? ($0.parts.max() ?? 0) : $0.parts.reduce(0, +) }.max() ?? 0
    }

    private var description: String {
        rows.map { row in
            let parts = zip(legend, row.parts).map { "\($0) \(Markup.number($1))" }
            return "\(row.label): \(parts.joined(separator: ", "))"
        }.joined(separator: "; ")
    }

    /// The legend's parts, by their places in `legend`, as many a line as fit.
    private var legendLines: [[Int]] {
        guard legend.count > 1 else { return [] }
        var lines: [[Int]] = [[]]
        var x = labelWidth
        for (index, name) in legend.enumerated() {
            if x + legendWidth(of: name) > 720, lines[lines.count - 1] != [] {
                lines.append([])
                x = labelWidth
            }
            lines[lines.count - 1].append(index)
            x += legendWidth(of: name)
        }
        return lines
    }

    private func legendWidth(of name: String) -> Double { 30 + Double(name.count) * 7 }

    private func drawLegend(_ drawing: inout Drawing) {
        for (line, parts) in legendLines.enumerated() {
            let y = 6 + legendLineHeight * Double(line)
            var x = labelWidth
            for part in parts {
                drawing.bar(x, y, 12, 12, "c\(part)", told: legend[part])
                drawing.text(legend[part], x + 17, y + 10, "tick")
                x += legendWidth(of: legend[part])
            }
        }
    }

    private func draw(_ row: Row, _ y: Double, _ axis: Axis, _ drawing: inout Drawing) {
        let label = Markup.text(row.label, limit: 20)
        drawing.text(label, labelWidth - 8, y + rowHeight / 2 + 1, "label", anchor: "end")
        let whole = row.parts.reduce(0, +)
        var x = labelWidth
        var end = labelWidth
        for (index, part) in row.parts.enumerated() {
            let value = isShare ? (whole > 0 ? Double(part) / Double(whole) * plotWidth : 0) : axis.place(part)
            let told = "\(Markup.text(row.label)), \(legend[index]): \(Markup.number(part))"
            let offset = isGrouped ? Double(index) * barHeight : 0
            drawing.bar(
                isGrouped ? labelWidth : x, y + offset, value, barHeight - (isGrouped ? 1 : 0), "c\(index)", told: told)
            x += value
            end = max(end, isGrouped ? labelWidth + value : x)
        }
        drawing.text(row.note, end + 6, y + rowHeight / 2 + 1, "tick")
    }
}
