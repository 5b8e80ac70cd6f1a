import ContentDigest
import PackageMining

/// An answer of a fixture's folder: what it answers, and with what.
struct AnswerFile: Sendable {
    enum Content: Sendable {
        /// Bytes as they were recorded.
        case bytes([UInt8])
        case template(TextTemplate)
        /// A tar archive of these members.
        case archive([(name: AnswerTarget, content: Content)])
    }

    let name: String
    let kind: RequestKind
    let target: AnswerTarget
    let content: Content
    let head: AnswerHead?

    /// The word between `{sha256:` and `}` in the name.
    let label: String?

    private var isPacked: Bool { isGzip(name) }

    func body(in scope: TemplateScope, _ raw: RawNames) -> [UInt8] {
        packed(raw.put(into: LoopbackAnswer(200, body: content.bytes(in: scope))).body, as: name)
    }

    func answer(to request: LoopbackRequest, in scope: TemplateScope, _ raw: RawNames) -> LoopbackAnswer {
        let body = body(in: scope, raw)
        var answer = LoopbackAnswer(200, headers: [Header("Content-Type", contentType)], body: body)
        answer.mayCompress = !isPacked
        guard let head else { return answer }
        answer.status = head.status
        let fields = head.fields(in: scope, digest: checksum(of: body))
        if fields.contains(where: { $0.name.lowercased() == "content-type" }) { answer.headers = [] }
        answer.headers += fields
        return answer.conditional(on: request).ranged(for: request)
    }

    /// The first checksum of the body in hexadecimal, or why there is none.
    func checksum(of body: [UInt8]) -> String {
        do { return try Digest.hex(of: body, by: .sha256) } catch { return "\(error)" }
    }

    private var contentType: String {
        let path = name.prefix { $0 != "?" }
        return path.hasSuffix(".json") ? "application/json" : path.hasSuffix(".xml") ? "application/xml" : "text/plain"
    }
}

private func isGzip(_ name: String) -> Bool { name.hasSuffix(".gz") || name.hasSuffix(".tgz") }

/// The bytes in gzip where the name says so and they are not yet.
private func packed(_ bytes: [UInt8], as name: String) -> [UInt8] {
    isGzip(name) && !bytes.starts(with: [0x1F, 0x8B]) ? gzip(bytes) : bytes
}

extension AnswerFile.Content {
    func bytes(in scope: TemplateScope) -> [UInt8] {
        switch self {
        case .bytes(let bytes): return bytes
        case .template(let template): return Array(template.text(in: scope).utf8)
        case .archive(let members):
            var archive = TarWriter()
            for member in members {
                for (name, scope) in member.name.names(in: scope) {
                    archive.addFile(name, packed(member.content.bytes(in: scope), as: name))
                }
            }
            archive.end()
            return archive.bytes
        }
    }
}

extension AnswerTarget {
    /// The name of a member, or one for each package, with what its words stand for.
    fileprivate func names(in scope: TemplateScope) -> [(String, TemplateScope)] {
        guard reach == .document else { return [(name(in: scope), scope)] }
        var names: [String] = []
        var rows: [[UInt8]: [PackageRow]] = [:]
        for index in scope.rows {
            let name = name(in: scope.of([scope.told[index]]))
            if rows.updateValue((rows[Array(name.utf8)] ?? []) + [scope.told[index]], forKey: Array(name.utf8)) == nil {
                names.append(name)
            }
        }
        return names.map { ($0, scope.of(rows[Array($0.utf8)] ?? [])) }
    }

    private func name(in scope: TemplateScope) -> String {
        String(decoding: key(in: scope)[0].dropFirst(), as: UTF8.self)
    }
}

extension TemplateScope {
    /// The same where nothing but these rows is told.
    func of(_ rows: [PackageRow]) -> TemplateScope { TemplateScope(ToldRows(rows), base: base, sums: sums) }
}

/// What stands in front of a body: a file of the answer's name and `.head`, with a status, where that is not 200, and
/// header fields, a line each.
struct AnswerHead: Sendable {
    private(set) var status = 200
    private var fields: [(name: String, value: TextTemplate)] = []

    init(_ text: String, words: Set<String>) throws(FixtureFolderError) {
        for line in text.split(whereSeparator: \.isNewline) {
            let halves = line.split(separator: ":", maxSplits: 1)
            if halves.count == 2 {
                let value = String(halves[1].drop { $0 == " " })
                fields.append((String(halves[0]), try TextTemplate(value, words: words)))
            } else if let status = Int(line) {
                self.status = status
            } else {
                throw FixtureFolderError("\"\(line)\" is neither a status nor a header field")
            }
        }
    }

    func fields(in scope: TemplateScope, digest: String) -> [Header] {
        fields.map { field in Header(field.name, field.value.text(in: scope).replacing("{digest}", with: digest)) }
            .filter { !$0.value.isEmpty }
    }
}

extension AnswerHead {
    func tells(_ word: String) -> Bool { fields.contains { $0.value.has(word) } }
}
