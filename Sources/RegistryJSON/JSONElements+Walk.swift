import RecordReaders

/// From the beginning of the document to what is wanted, and on behind it.
extension JSONElements {
    /// The longest key on the way, in bytes.
    private static var keyLimit: Int { 1 << 16 }

    mutating func walk() throws -> Bool {
        if state == .whole { return try readWhole() }
        input.skipSpace()
        guard let byte = input.first else { return false }
        switch state {
        case .value: try beginValue(byte)
        case .firstKey where byte == closeBrace, .behindValue where byte == closeBrace: leaveObject()
        case .firstKey, .nextKey:
            guard byte == quote else { throw error("no key stands where one should") }
            state = .key
        case .key: return try readKey()
        case .colon:
            guard byte == UInt8(ascii: ":") else { throw error("no colon stands behind a key") }
            step(to: .value)
        case .behindValue:
            guard byte == UInt8(ascii: ",") else { throw error("no comma stands behind a value") }
            step(to: .nextKey)
        default: throw error("something stands behind the document's end")
        }
        return true
    }

    private mutating func step(to next: State) {
        input.take(1)
        state = next
    }

    private mutating func beginValue(_ byte: UInt8) throws {
        let role = try meet()
        switch (byte, role) {
        case (openBrace, .way):
            way.append(pointer)
            step(to: .firstKey)
        case (openBrace, .container) where ofArrays:
            throw RecordError(at: "'\(pointer)'", "it is an object, and no array")
        case (openBrace, .container), (openBracket, .container): beginElements(isWanted: true)
        case (_, .container): throw RecordError(at: "'\(pointer)'", "it is no array and no object")
        case (openBrace, nil), (openBracket, nil), (openBracket, .way): beginElements(isWanted: false)
        case _ where way.isEmpty: throw error("the document is no array and no object")
        default: state = .whole
        }
    }

    private mutating func meet() throws -> JSONPlaces.Role? {
        do {
            return try places.meet(pointer)
        } catch {
            throw RecordError(at: "'\(pointer)'", error.description)
        }
    }

    private mutating func leaveObject() {
        way.removeLast()
        step(to: way.isEmpty ? .end : .behindValue)
    }

    private mutating func readKey() throws -> Bool {
        let most = min(input.count, Self.keyLimit)
        guard let length = keyLength(input.prefix(most)) else {
            if most == Self.keyLimit { throw error("a key is longer than \(Self.keyLimit) bytes") }
            return false
        }
        let key = try value(input.prefix(length)).text ?? ""
        pointer = JSONPlaces.pointer(way.last ?? "", key)
        input.take(length)
        state = .colon
        return true
    }

    /// A value that is kept, or is no container, up to the comma or the bracket behind it.
    private mutating func readWhole() throws -> Bool {
        input.findEnds(most: 1, enough: 0)
        try hold(input.ends.first ?? input.count)
        guard let end = input.ends.first else { return false }
        let value = try value(input.prefix(end))
        if places.isKept(pointer) { kept[pointer] = value }
        input.take(end)
        state = .behindValue
        return true
    }

    private func value(_ bytes: ArraySlice<UInt8>) throws -> JSONValue {
        do {
            return try JSONValue(Array(bytes))
        } catch {
            throw self.error(error.description)
        }
    }
}

let openBrace = UInt8(ascii: "{")
private let openBracket = UInt8(ascii: "[")
private let closeBrace = UInt8(ascii: "}")
private let quote = UInt8(ascii: "\"")
