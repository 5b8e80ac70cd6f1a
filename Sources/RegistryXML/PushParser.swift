import CLibXML2

/// libxml2's push parser, fed with UTF-8.
///
/// It builds no tree, loads nothing, and knows no entities but XML's own and, on request, HTML's.
final class PushParser {
    /// Alone in its memory, which libxml2 hands back to the callbacks: they are called for each tag and each text of a
    /// document, and neither count references nor check for overlapping access.
    private let events: UnsafeMutablePointer<ParserEvents>
    private let context: xmlParserCtxtPtr
    private let markupLimit: Int

    /// How much libxml2 is given at once, in bytes.
    private static let portion = 32 << 10

    private static let library: Void = xmlInitParser()

    init(_ builder: RecordBuilder, _ options: XMLOptions) {
        _ = PushParser.library
        var handler = ParserEvents.handler
        // libxml2 itself gives up where the process cannot have a few kilobytes, and Swift would end then as well.
        context = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)!
        events = .allocate(capacity: 1)
        events.initialize(to: ParserEvents(builder, options, context))
        context.pointee.userData = UnsafeMutableRawPointer(events)
        markupLimit = options.markupLimit
        // NOENT has predefined entities resolved in attributes; what others there are, `find` decides.
        let flags = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOENT.rawValue
        xmlCtxtUseOptions(context, Int32(flags))
    }

    deinit {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
        events.deinitialize(count: 1)
        events.deallocate()
    }

    func takeRecords() -> [XMLRecord] { events.pointee.builder.takeRecords() }

    var root: XMLRecord? { events.pointee.builder.root }

    func parse(_ bytes: ArraySlice<UInt8>, linesBefore: Int) throws {
        events.pointee.linesBefore = linesBefore
        try bytes.withUnsafeBytes { bytes in
            let text = bytes.bindMemory(to: CChar.self)
            for start in stride(from: 0, to: text.count, by: PushParser.portion) {
                let count = min(PushParser.portion, text.count - start)
                xmlParseChunk(context, text.baseAddress.map { $0 + start }, Int32(count), 0)
                if let failure = events.pointee.failure { throw failure }
                try checkMarkup()
            }
        }
    }

    func finish() throws {
        events.pointee.isEnding = true
        xmlParseChunk(context, nil, 0, 1)
        if let failure = events.pointee.failure { throw failure }
        if context.pointee.wellFormed == 0 { throw error(.malformed, "the document is not well-formed") }
    }

    /// An error at the place that the parser has reached.
    func error(_ kind: XMLReadError.Kind, _ reason: String) -> XMLReadError {
        events.pointee.error(kind, reason)
    }

    /// What libxml2 has taken but cannot parse before its end has come is one piece of markup.
    private func checkMarkup() throws {
        guard let input = context.pointee.input, let end = input.pointee.end, let current = input.pointee.cur else {
            return
        }
        if end - current > markupLimit {
            throw error(.tooLarge, "a tag, a comment or the like is larger than \(markupLimit) bytes")
        }
    }
}

/// What libxml2 calls back.
private struct ParserEvents {
    var builder: RecordBuilder
    var failure: XMLReadError?
    var linesBefore = 0
    var isEnding = false
    private let options: XMLOptions
    private let context: xmlParserCtxtPtr
    private let entity = NamedEntity()

    init(_ builder: RecordBuilder, _ options: XMLOptions, _ context: xmlParserCtxtPtr) {
        self.builder = builder
        self.options = options
        self.context = context
    }

    static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { events, name, prefix, namespace, _, _, count, defaulted, attributes in
            ParserEvents.at(events).pointee.begin(
                name, prefix != nil, namespace, Int(count - defaulted), attributes)
        }
        handler.endElementNs = { events, _, _, _ in ParserEvents.at(events).pointee.builder.end() }
        handler.characters = { events, text, count in ParserEvents.at(events).pointee.add(text, Int(count)) }
        handler.ignorableWhitespace = handler.characters
        handler.getEntity = { events, name in ParserEvents.at(events).pointee.find(name) }
        handler.getParameterEntity = { events, name in
            ParserEvents.at(events).pointee.refuse(name)
            return nil
        }
        handler.attributeDecl = { events, _, _, _, _, value, _ in
            if value != nil { ParserEvents.at(events).pointee.refuseDefaults() }
        }
        handler.serror = { events, report in
            guard let report, report.pointee.level == XML_ERR_FATAL else { return }
            ParserEvents.at(events).pointee.fail(report.pointee)
        }
        return handler
    }

    /// libxml2 hands back what it was given, which is never nil.
    @inline(__always)
    private static func at(_ events: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ParserEvents> {
        events.unsafelyUnwrapped.assumingMemoryBound(to: ParserEvents.self)
    }

    private mutating func begin(
        _ name: UnsafePointer<UInt8>?, _ hasPrefix: Bool, _ namespace: UnsafePointer<UInt8>?, _ count: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {
        guard let name else { return }
        if count > options.attributeLimit {
            return fail(.tooLarge, "an element has more than \(options.attributeLimit) attributes")
        }
        if hasPrefix && options.ignoresPrefixedElements {
            if builder.skip() != nil { fail(.otherDocument, "the outermost element has a prefix") }
            return
        }
        let refusal = builder.begin(name: name, namespace: namespace) {
            guard let attributes, count > 0 else { return [] }
            return (0..<count).map { XMLRecord.Attribute(libxml: attributes + $0 * 5) }
        }
        if let refusal { fail(refusal, at: name) }
    }

    private mutating func add(_ text: UnsafePointer<UInt8>?, _ count: Int) {
        if let refusal = builder.add(text: UnsafeBufferPointer(start: text, count: count)) { fail(refusal, at: nil) }
    }

    private mutating func refuseDefaults() {
        fail(.malformed, "the document declares attributes of its own, which is not read")
    }

    private mutating func find(_ name: UnsafePointer<UInt8>?) -> xmlEntityPtr? {
        if let predefined = xmlGetPredefinedEntity(name) { return predefined }
        let isInAttribute = context.pointee.instate == XML_PARSER_ATTRIBUTE_VALUE
        if options.readsHTMLEntities, let found = entity.lookUp(name, inAttribute: isInAttribute) { return found }
        refuse(name)
        return nil
    }

    private mutating func refuse(_ name: UnsafePointer<UInt8>?) {
        let shown = name.map { String(String(cString: $0).prefix(60)) } ?? ""
        fail(.undefinedEntity, "the entity '\(shown)' is not one of XML's own, and declared ones are not read")
    }

    // MARK: - Failures

    func error(_ kind: XMLReadError.Kind, _ reason: String) -> XMLReadError {
        XMLReadError(
            kind: kind, reason: reason, line: linesBefore + max(1, Int(xmlSAX2GetLineNumber(context))),
            column: Int(xmlSAX2GetColumnNumber(context)))
    }

    private mutating func fail(_ refusal: RecordBuilder.Refusal, at name: UnsafePointer<UInt8>?) {
        switch refusal {
        case .depth: fail(.tooLarge, "more than \(options.depthLimit) elements lie inside one another")
        case .record: fail(.tooLarge, "a record is larger than \(options.recordLimit) bytes")
        case .otherDocument:
            let shown = name.map { String(String(cString: $0).prefix(60)) } ?? ""
            fail(.otherDocument, "the outermost element is '\(shown)', not '\(builder.wantedRoot)'")
        }
    }

    /// The first failure counts.
    private mutating func fail(_ kind: XMLReadError.Kind, _ reason: String) {
        if failure == nil { failure = error(kind, reason) }
        xmlStopParser(context)
    }

    private mutating func fail(_ report: xmlError) {
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
