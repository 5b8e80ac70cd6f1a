/// The requests that a file answers, as its path in the folder says: `packages/{name}.json`, `list?page={page}`.
struct AnswerTarget: Sendable {
    private let path: TextTemplate
    private let query: [(name: String, value: TextTemplate)]

    /// Whether one request alone is meant, one for each package, or one for each page.
    enum Reach: Int, Sendable { case page, document, one }
    let reach: Reach

    /// The first part of the path, which has no places for values.
    let beginning: String

    /// - Parameter file: the path below `listing` or `look-up`. A name `{index}` stands for the folder's own path.
    init(_ file: String, columns: Set<String>) throws(FixtureFolderError) {
        let words = columns.union(TemplateScope.words)
        let halves = file.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = try TextTemplate("/" + percentDecoded(halves[0].utf8).replacing("{index}", with: ""), words: words)
        var query: [(name: String, value: TextTemplate)] = []
        for field in LoopbackRequest(target: "?" + (halves.count > 1 ? halves[1] : "")).query {
            query.append((field.name, try TextTemplate(field.value, words: words)))
        }
        self.query = query
        let templates = [path] + query.map(\.value)
        func isPlace(_ words: Set<String>) -> Bool { templates.contains { words.contains(where: $0.has) } }
        reach = isPlace(PageWish.words) ? .page : isPlace(columns) ? .document : .one
        if case .text(let text) = path.parts.first { beginning = text } else { beginning = "" }
    }

    /// What requests for this target have in common: the path behind its escapes, and the fields of the query by name.
    func key(in scope: TemplateScope) -> [[UInt8]] {
        Self.key(path.text(in: scope), query.map { ($0.name, $0.value.text(in: scope)) })
    }

    static func key(of request: LoopbackRequest) -> [[UInt8]] { key(request.decodedPath, request.query) }

    private static func key(_ path: String, _ query: [(name: String, value: String)]) -> [[UInt8]] {
        let fields = query.map { [Array($0.name.utf8), Array($0.value.utf8)] }
        return [Array(path.utf8)] + fields.sorted { $0[0].lexicographicallyPrecedes($1[0]) }.joined()
    }

    /// The page that a request asks for; nil where it asks for none of these. A field of the query that is not there
    /// asks for the first page.
    func page(of request: LoopbackRequest) -> PageWish? {
        let asked = request.query
        guard reach == .page, asked.allSatisfy({ field in query.contains { $0.name == field.name } }) else {
            return nil
        }
        var wish = PageWish()
        guard path.take(from: request.decodedPath, into: &wish) else { return nil }
        for field in query {
            let value = asked.first { $0.name == field.name }?.value
            guard value.map({ field.value.take(from: $0, into: &wish) }) ?? field.value.takeFirst(into: &wish) else {
                return nil
            }
        }
        return wish
    }
}

extension TextTemplate {
    /// Takes the first page. Returns false where it does not tell which page is wanted.
    fileprivate func takeFirst(into wish: inout PageWish) -> Bool {
        parts.contains { part in
            if case .value(let word, let argument) = part { wish.takeFirst(word, argument) } else { false }
        }
    }

    /// Takes what stands in the text in the one place for a value. Returns false where it is another text.
    fileprivate func take(from text: String, into wish: inout PageWish) -> Bool {
        var (before, behind) = ("", "")
        var place: (word: String, argument: String?)?
        for part in parts {
            switch part {
            case .text(let text) where place == nil: before = text
            case .text(let text): behind = text
            case .value(let word, let argument) where place == nil: place = (word, argument)
            default: return false
            }
        }
        let (own, all) = (Array((before + behind).utf8), Array(text.utf8))
        guard let place else { return own == all }
        guard all.count >= own.count, all.starts(with: before.utf8),
            all.reversed().starts(with: behind.utf8.reversed())
        else { return false }
        let value = all.dropFirst(before.utf8.count).dropLast(behind.utf8.count)
        return wish.take(place.word, place.argument, String(decoding: value, as: UTF8.self))
    }
}
