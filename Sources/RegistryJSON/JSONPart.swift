/// What a document must have to be the one that was asked for: a well-formed answer may be another one.
public enum JSONPart: Hashable, Sendable {
    case object(_ pointer: String)
    case array(_ pointer: String)
    /// One that is not empty.
    case text(_ pointer: String)
    case integer(_ pointer: String)
}

extension JSONValue {
    /// - Throws: ``JSONError`` that names the first part that the value lacks.
    public func need(_ parts: [JSONPart]) throws(JSONError) {
        for part in parts where !has(part) { throw JSONError("it has no \(part)") }
    }

    private func has(_ part: JSONPart) -> Bool {
        switch part {
        case .object(let pointer): self[pointer]?.members != nil
        case .array(let pointer): self[pointer]?.elements != nil
        case .text(let pointer): self[pointer]?.text?.isEmpty == false
        case .integer(let pointer): self[pointer]?.integer != nil
        }
    }

    /// The text at a place, which is not empty.
    ///
    /// - Throws: ``JSONError`` where there is none.
    public func neededText(_ pointer: String) throws(JSONError) -> String {
        if let text = text(at: pointer), !text.isEmpty { return text }
        throw JSONError("it has no \(JSONPart.text(pointer))")
    }

    /// The whole number at a place.
    ///
    /// - Throws: ``JSONError`` where there is none.
    public func neededInteger(_ pointer: String) throws(JSONError) -> Int64 {
        if let integer = self[pointer]?.integer { return Int64(integer) }
        throw JSONError("it has no \(JSONPart.integer(pointer))")
    }
}

extension JSONPart: CustomStringConvertible {
    public var description: String {
        switch self {
        case .object(let pointer): "object at '\(pointer)'"
        case .array(let pointer): "array at '\(pointer)'"
        case .text(let pointer): "text at '\(pointer)'"
        case .integer(let pointer): "whole number at '\(pointer)'"
        }
    }
}
