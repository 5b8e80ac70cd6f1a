import CLibXML2

/// libxml2's push parser, fed with UTF-8.
///
/// It builds no tree, loads nothing, and knows no entities but XML's own and, on request, HTML's.
final class PushParser {
    let builder: RecordBuilder
    private let options: XMLOptions
    private let context: xmlParserCtxtPtr
    private let entity = NamedEntity()
    private var failure: XMLReadError?
    private var linesBefore = 0
    private var isEnding = false

    /// How much libxml2 is given at once, in bytes.
    private static let portion = 32 << 10

    private static let library: Void = xmlInitParser()

    init(_ builder: RecordBuilder, _ options: XMLOptions) {
        _ = PushParser.library
        self.builder = builder
        self.options = options
        var handler = PushParser.handler
        // libxml2 itself gives up where the process cannot have a few kilobytes, and Swift would end then as well.
        context = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)!
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        // NOENT has predefined entities resolved in attributes; what others there are, `find` decides.
        let flags = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOENT.rawValue
        xmlCtxtUseOptions(context, Int32(flags))
    }

    deinit {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
    }

    func parse(_ bytes: ArraySlice<UInt8>, linesBefore: Int) throws {
        self.linesBefore = linesBefore
        try bytes.withUnsafeBytes { bytes in
            let text = bytes.bindMemory(to: CChar.self)
            for start in stride(from: 0, to: text.count, by: PushParser.portion) {
                let count = min(PushParser.portion, text.count - start)
                xmlParseChunk(context, text.baseAddress.map { $0 + start }, Int32(count), 0)
                if let failure { throw failure }
                try checkMarkup()
            }
        }
    }

    func finish() throws {
        isEnding = true
        xmlParseChunk(context, nil, 0, 1)
        if let failure { throw failure }
        if context.pointee.wellFormed == 0 { throw error(.malformed, "the document is not well-formed") }
    }

    /// An error at the place that the parser has reached.
    func error(_ kind: XMLReadError.Kind, _ reason: String) -> XMLReadError {
        XMLReadError(
            kind: kind, reason: reason, line: linesBefore + max(1, Int(xmlSAX2GetLineNumber(context))),
            column: Int(xmlSAX2GetColumnNumber(context)))
    }

    /// What libxml2 has taken but cannot parse before its end has come is one piece of markup.
    private func checkMarkup() throws {
        guard let input = context.pointee.input, let end = input.pointee.end, let current = input.pointee.cur else {
            return
        }
        if end - current > options.markupLimit {
            throw error(.tooLarge, "a tag, a comment or the like is larger than \(options.markupLimit) bytes")
        }
    }

    /// The first failure counts.
    private func fail(_ kind: XMLReadError.Kind, _ reason: String) {
        if failure == nil { failure = error(kind, reason) }
        xmlStopParser(context)
    }

    private func fail(_ report: xmlError) {
        guard failure == nil else { return }
        let words = report.message.map { String(cString: $0) } ?? "error \(report.code)"
        let isEncoding = report.code == XML_ERR_INVALID_CHAR.rawValue && words.contains("UTF-8")
        if isEnding && report.code == XML_ERR_DOCUMENT_END.rawValue {
            failure = error(
                .malformed, context.pointee.nameNr > 0 ? "the document is cut off" : "the document is empty")
            return
        }
        failure = XMLReadError(
            kind: isEncoding || report.code == XML_ERR_INVALID_ENCODING.rawValue ? .encoding : .malformed,
            reason: String(words.split(whereSeparator: \.isNewline).first ?? "not well-formed"),
            line: linesBefore + max(1, Int(report.line)), column: Int(report.int2))
    }
}

extension PushParser {
    fileprivate static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { parser, name, _, namespace, _, _, count, defaulted, attributes in
            PushParser.of(parser)?.begin(name, namespace, Int(count), Int(defaulted), attributes)
        }
        handler.endElementNs = { parser, _, _, _ in PushParser.of(parser)?.builder.end() }
        handler.characters = { parser, text, count in PushParser.of(parser)?.add(text, Int(count)) }
        handler.ignorableWhitespace = handler.characters
        handler.getEntity = { parser, name in PushParser.of(parser)?.find(name) }
        handler.getParameterEntity = { parser, name in
            PushParser.of(parser)?.refuse(name)
            return nil
        }
        handler.attributeDecl = { parser, _, _, _, _, value, _ in
            if value != nil { PushParser.of(parser)?.refuseDefaults() }
        }
        handler.serror = { parser, report in
            guard let report, report.pointee.level == XML_ERR_FATAL else { return }
            PushParser.of(parser)?.fail(report.pointee)
        }
        return handler
    }

    @inline(__always)
    private static func of(_ parser: UnsafeMutableRawPointer?) -> PushParser? {
        parser.map { Unmanaged<PushParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private func begin(
        _ name: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?, _ count: Int, _ defaulted: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {
        guard let name else { return }
        if count > options.attributeLimit {
            fail(.tooLarge, "an element has more than \(options.attributeLimit) attributes")
            return
        }
        let excess = builder.begin(name: name, namespace: namespace) {
            guard let attributes else { return [] }
            return (0..<(count - defaulted)).map { XMLRecord.Attribute(libxml: attributes + $0 * 5) }
        }
        if let excess { fail(.tooLarge, excess) }
    }

    private func add(_ text: UnsafePointer<UInt8>?, _ count: Int) {
        if let excess = builder.add(text: UnsafeBufferPointer(start: text, count: count)) { fail(.tooLarge, excess) }
    }

    private func refuseDefaults() {
        fail(.malformed, "the document declares attributes of its own, which is not read")
    }

    private func find(_ name: UnsafePointer<UInt8>?) -> xmlEntityPtr? {
        if let predefined = xmlGetPredefinedEntity(name) { return predefined }
        let isInAttribute = context.pointee.instate == XML_PARSER_ATTRIBUTE_VALUE
        if options.readsHTMLEntities, let found = entity.lookUp(name, inAttribute: isInAttribute) { return found }
        refuse(name)
        return nil
    }

    private func refuse(_ name: UnsafePointer<UInt8>?) {
        let shown = name.map { String(String(cString: $0).prefix(60)) } ?? ""
        fail(.undefinedEntity, "the entity '\(shown)' is not one of XML's own, and declared ones are not read")
    }
}

extension XMLRecord.Attribute {
    /// libxml2 hands an attribute over as five pointers: local name, prefix, name space, and the value's two ends.
    fileprivate init(libxml parts: UnsafeMutablePointer<UnsafePointer<UInt8>?>) {
        name = parts[0].map { String(cString: $0) } ?? ""
        namespace = parts[2].map { String(cString: $0) } ?? ""
        value =
            if let start = parts[3], let end = parts[4] {
                String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
            } else {
                ""
            }
    }
}

/// One of HTML's named entities, in the shape in which libxml2 takes it. Each look-up overwrites the last.
private final class NamedEntity {
    private let entity: xmlEntityPtr = .allocate(capacity: 1)
    private let content: UnsafeMutablePointer<UInt8> = .allocate(capacity: 8)

    init() {
        entity.initialize(to: xmlEntity())
        content.initialize(repeating: 0, count: 8)
        entity.pointee.type = XML_ENTITY_DECL
        entity.pointee.content = content
    }

    deinit {
        entity.deallocate()
        content.deallocate()
    }

    /// In text libxml2 copies a predefined entity's content; in attributes only its first byte, but a general one's
    /// whole.
    func lookUp(_ name: UnsafePointer<UInt8>?, inAttribute: Bool) -> xmlEntityPtr? {
        guard let found = htmlEntityLookup(name), let scalar = Unicode.Scalar(found.pointee.value) else { return nil }
        let bytes = Array(String(scalar).utf8)
        for (index, byte) in (bytes + [0]).enumerated() { content[index] = byte }
        entity.pointee.length = Int32(bytes.count)
        entity.pointee.etype = inAttribute ? XML_INTERNAL_GENERAL_ENTITY : XML_INTERNAL_PREDEFINED_ENTITY
        return entity
    }
}
