/// A JSON value as the text that is sent for it: a string stands for itself, anything else for its JSON.
struct JSONText: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let value = try JSONValue(from: decoder)
        if case .string(let plain) = value { text = plain } else { text = value.json }
    }
}

private enum JSONValue: Decodable {
    case string(String)
    case number(Double)
    case boolean(Bool)
    case null
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    var json: String {
        switch self {
        case .string(let text): jsonString(text)
        case .number(let number): number == number.rounded() ? String(Int(number)) : String(number)
        case .boolean(let value): String(value)
        case .null: "null"
        case .array(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .object(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\(jsonString($0)):\($1.json)" }.joined(separator: ","))}"
        }
    }
}
