public import PackageMining
import RecordReaders

extension Response {
    /// The lines of a list that an answer with status 200 holds as text, without those that are blank. What ends a line
    /// may be a carriage return and a line feed.
    ///
    /// A line that is no UTF-8 is noted, and those beside it stand.
    ///
    /// - Throws: a ``WireError`` for any other answer: for a page for people, whatever it says
    ///   that it is, and where the last line has no line feed, so that it was cut.
    public func lines(noting page: inout Page) throws -> [String] {
        let isMarkup = mediaType == "text/html" || body.first { $0 > UInt8(ascii: " ") } == UInt8(ascii: "<")
        if status == 200, isMarkup { throw malformed("it is a page for people, and no list") }
        var reader = LineReader(limit: max(1, body.count), lastMayBeOpen: false)
        var lines: [String] = []
        reader.feed(try bodyOfSuccess())
        do {
            while let line = try reader.next() ?? reader.finish() {
                let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
                if line.isEmpty { continue }
                if let text = String(validating: line, as: UTF8.self) {
                    lines.append(text)
                } else {
                    page.note(unreadable(line, reader.number))
                }
            }
        } catch {
            throw malformed("\(error)", cause: error)
        }
        return lines
    }

    /// One problem wherever the line stands.
    private func unreadable(_ line: ArraySlice<UInt8>, _ number: Int) -> Problem {
        let text = String(decoding: line.prefix(300), as: UTF8.self)
        return Problem(.unreadable, at: "\(url), line \(number)", "it is no UTF-8: \(text)", key: "\(url) \(text)")
    }
}
