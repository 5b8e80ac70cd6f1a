/// Java's modified UTF-8 writes a zero as two bytes, and characters beyond U+FFFF as two surrogates of three
/// (https://docs.oracle.com/javase/8/docs/api/java/io/DataInput.html#modified-utf-8).
package func utf8(ofModified bytes: [UInt8]) -> [UInt8] {
    var units: [UInt16] = []
    var index = 0
    func next(_ distance: Int) -> UInt16 {
        index + distance < bytes.count ? UInt16(bytes[index + distance] & 0x3F) : 0
    }
    while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        case 0..<0x80: units.append(UInt16(byte))
        case 0xC0..<0xE0: units.append(UInt16(byte & 0x1F) << 6 | next(1))
        default: units.append(UInt16(byte & 0x0F) << 12 | next(1) << 6 | next(2))
        }
        index += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : 3
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
}
