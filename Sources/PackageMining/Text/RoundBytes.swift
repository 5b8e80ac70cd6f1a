/// A size in the decimal units that disks are sold by, in two figures or three: `12 kB`, `980 MB`, `7.1 GB`.
package func roundBytes(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var (size, unit) = (Double(bytes), 0)
    while size >= 999.5, unit < units.count - 1 { (size, unit) = (size / 1000, unit + 1) }
    let tenths = Int((size * 10).rounded())
    let isRound = unit == 0 || tenths >= 100
    return (isRound ? "\(Int(size.rounded()))" : "\(tenths / 10).\(tenths % 10)") + " \(units[unit])"
}
