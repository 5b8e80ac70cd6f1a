import RecordReaders
import RegistryTOML

extension FuzzProperty {
    /// A document that is read, written plainly and read again is the same; none brings the reader down.
    static let toml = FuzzProperty(
        "toml",
        seeds: [
            "name = \"G\"\nd = \"\"\"\na \"b\"\n\"\"\"\n[p]\n00-1 = { name = 'x', q = { r = \"\\u00e9\" } }\n[[l]]\na.b = 1.5",
            "[a.\"b c\".d]\ne = '''\nx'''\n# [\nf = [1, [2]]\n", "\"\\\"\" = \"\\\\\\t\"\nx = 1979-05-27T07:32:00Z",
        ]
    ) { bytes in
        guard let table = try? TOMLTable(bytes) else { return nil }
        let text = table.members.map { "\(written($0))\n" }.joined()
        do throws(RecordError) {
            let again = try TOMLTable(Array(text.utf8))
            return again == table ? nil : "\(again) for \(table)"
        } catch {
            // Inline tables stand for keys of many parts.
            return error.reason.contains("more than 32") ? nil : "\(text.debugDescription) is refused: \(error)"
        }
    }

    private static func written(_ member: TOMLMember) -> String {
        switch member.value {
        case .text(let text): "\(quoted(member.key)) = \(quoted(text))"
        case .table(let table):
            "\(quoted(member.key)) = {\(table.members.map { written($0) }.joined(separator: ", "))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            let isPlain = scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "\"" && scalar != "\\"
            let hex = String(scalar.value, radix: 16)
            return isPlain ? String(scalar) : "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
        return "\"\(escaped.joined())\""
    }
}
