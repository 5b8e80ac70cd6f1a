import RepositoryAddresses

/// Names the files of combinations: `2-ecosystems/Go+NPM.csv`.
struct CombinationFiles {
    private var taken: Set<String> = []

    /// A path that no other combination has, also where a disk ignores case. Ask in a settled order.
    mutating func path(for ecosystems: [String]) -> String {
        let folder = "\(ecosystems.count)-ecosystems/"
        var name = ecosystems.map(Self.safe).joined(separator: "+")
        if name.utf8.count > 180 { name = String(name.prefix(150)) + "-and-more" }
        var path = folder + name + ".csv"
        var number = 2
        while !taken.insert(path.lowercased()).inserted {
            path = "\(folder)\(name)-\(number).csv"
            number += 1
        }
        return path
    }

    /// A platform as a part of a file name: ASCII letters, digits, `-`, `_` and `.` stay, the rest is escaped.
    private static func safe(_ platform: String) -> String {
        var name = ""
        for byte in platform.utf8 {
            let isDot = byte == ASCII.dot && !name.isEmpty
            if ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == UInt8(ascii: "_") || isDot {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return name
    }
}
