/// What a page says of where modules come from: `<meta name="go-import" content="prefix vcs repository">`, with a
/// subdirectory behind it at times (https://go.dev/ref/mod#vcs-find).
package struct GoImport: Equatable, Sendable {
    package let prefix: String
    let vcs: String
    package let repository: String
    let subdirectory: String

    /// Whether it names a module proxy.
    var isProxy: Bool { vcs == "mod" }

    /// - Parameter content: three fields, or four; nil where they are more or fewer.
    init?(_ content: [UInt8]) {
        let fields = String(decoding: content, as: UTF8.self).unicodeScalars
            .split { $0.properties.isWhitespace }.map { String(String.UnicodeScalarView($0)) }
        guard fields.count == 3 || fields.count == 4 else { return nil }
        (prefix, vcs, repository) = (fields[0], fields[1], fields[2])
        subdirectory = fields.count == 4 ? fields[3] : ""
    }

    package static func == (a: GoImport, b: GoImport) -> Bool {
        zip(a.fields, b.fields).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }

    private var fields: [String] { [prefix, vcs, repository, subdirectory] }

    /// How many bytes it takes to keep it.
    var size: Int { fields.reduce(0) { $0 + $1.utf8.count } }

    /// Whether it is about that module path: by whole elements, and by case.
    func covers(_ path: String) -> Bool {
        let (path, prefix) = (Array(path.utf8), Array(self.prefix.utf8))
        guard path.starts(with: prefix) else { return false }
        return path.count == prefix.count || prefix.last == UInt8(ascii: "/") || path[prefix.count] == UInt8(ascii: "/")
    }
}

/// The go-imports of a page, those that name a proxy first: they take the place of others of the same prefix.
package struct GoImports: Sendable {
    package private(set) var imports: [GoImport] = []

    /// Why nothing could be read, where that was not for want of anything.
    private(set) var error: MarkupError?

    /// Whether the page was read as far as the go command would.
    package private(set) var isRead = true

    /// - Parameter isCut: whether more of the page was to come.
    package init(_ page: [UInt8], isCut: Bool = false) {
        var reader = MarkupReader(page)
        var found: [GoImport] = []
        do throws(MarkupError) {
            while let tag = try reader.next(), !tag.isEndOfHead {
                if let goImport = tag.goImport { found.append(goImport) }
            }
            isRead = !(isCut && reader.isAtEnd)
        } catch {
            // What stands before the error counts.
            if found.isEmpty { self.error = error }
            isRead = !(isCut && reader.isAtEnd)
        }
        let proxies = found.filter(\.isProxy)
        let superseded = Set(proxies.map { Array($0.prefix.utf8) })
        imports = proxies + found.filter { !$0.isProxy && !superseded.contains(Array($0.prefix.utf8)) }
    }

    /// The one that is about a module path.
    func match(_ path: String) throws(NotFound) -> GoImport {
        let matches = imports.filter { $0.covers(path) }
        guard let first = matches.first else {
            throw NotFound(error?.reason ?? "no go-import of the page is about \(path)")
        }
        if matches.count == 1 || first.isProxy && !matches[1].isProxy { return first }
        throw NotFound("several go-imports of the page are about \(path)")
    }

    /// Why the go command would find nothing.
    struct NotFound: Error, Equatable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }
}

extension MarkupReader.Tag {
    /// Where the go command stops reading: at `<body>` and `</head>` as they are written, and not where HTML has the head
    /// end.
    fileprivate var isEndOfHead: Bool {
        switch self {
        case .start(let name, _): name.is("body")
        case .end(let name): name.is("head")
        }
    }

    fileprivate var goImport: GoImport? {
        guard case .start(let name, let attributes) = self, name.is("meta"),
            value("name", of: attributes) == Array("go-import".utf8)
        else { return nil }
        return GoImport(value("content", of: attributes))
    }

    /// The value of the first attribute of that name.
    private func value(_ name: String, of attributes: [MarkupReader.Attribute]) -> [UInt8] {
        attributes.first { $0.name.is(name) }?.value ?? []
    }
}
