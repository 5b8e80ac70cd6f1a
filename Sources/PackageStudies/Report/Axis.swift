/// A linear axis from 0 with round ticks.
struct Axis {
    let ticks: [Int]
    let top: Double
    private let length: Double

    init(upTo value: Int, length: Double, steps: Int = 5) {
        let rough = max(Double(value), 1) / Double(steps)
        var unit = 1.0
        while unit * 10 <= rough { unit *= 10 }
        let factor = rough / unit
        let step = max(unit * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10), 1)
        var ticks = [0]
        while ticks[ticks.count - 1] < value { ticks.append(ticks[ticks.count - 1] + Int(step)) }
        if ticks.count == 1 { ticks.append(1) }
        self.ticks = ticks
        self.length = length
        top = Double(ticks[ticks.count - 1])
    }

    func place(_ value: Int) -> Double { Double(value) / top * length }

    /// `1.5 M`, `20 k`, `300`.
    static func label(_ value: Int) -> String {
        switch value {
        case 1_000_000...: trimmed(Double(value) / 1_000_000) + " M"
        case 1_000...: trimmed(Double(value) / 1_000) + " k"
        default: String(value)
        }
    }

    private static func trimmed(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : px(value)
    }
}

/// A drawing with what a reader who cannot see it is told.
struct Drawing {
    let id: String
    let title: String
    let description: String
    let width: Double
    let height: Double
    var body = ""

    mutating func text(
        _ content: String, _ x: Double, _ y: Double, _ style: String = "", anchor: String = "start",
        turned: Bool = false
    ) {
        let turn = turned ? " transform=\"rotate(-90 \(px(x)) \(px(y)))\"" : ""
        let anchor = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
        let style = style.isEmpty ? "" : " class=\"\(style)\""
        body += "<text x=\"\(px(x))\" y=\"\(px(y))\"\(anchor)\(style)\(turn)>\(content)</text>\n"
    }

    mutating func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, told: String) {
        body += """
            <rect x="\(px(x))" y="\(px(y))" width="\(px(max(width, 0)))" height="\(px(max(height, 0)))" class="\(style)">\
            <title>\(told)</title></rect>

            """
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        body += "<line x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\" class=\"\(style)\"/>\n"
    }

    /// A figure that scrolls where the window is narrower than the drawing can bear.
    func figure(data: String) -> String {
        """
        <figure>
        <figcaption id="\(id)-caption">\(title)</figcaption>
        <div class="scroll" role="region" tabindex="0" aria-labelledby="\(id)-caption">
        <svg viewBox="0 0 \(px(width)) \(px(height))" style="width:100%;max-width:\(px(width))px;min-width:\(px(min(width, max(520, width * 0.75))))px" \
        role="img" aria-labelledby="\(id)-title \(id)-desc">
        <title id="\(id)-title">\(title)</title>
        <desc id="\(id)-desc">\(description)</desc>
        \(body)</svg>
        </div>
        \(data)
        </figure>

        """
    }
}
