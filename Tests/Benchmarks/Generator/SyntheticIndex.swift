/// A module index that looks like the real one, the same one for the same numbers of entries and modules.
///
/// Entry by entry, without a memory of what came before: everything of a module follows from its number, and which
/// module an entry belongs to follows from the entry's number. New modules come at an even rate between further
/// releases of modules that are there, early ones more often than late ones. Times run from the index's first entry
/// of April 2019 on, denser by the year, and one in thirty entries shares the time of the one before it.
struct SyntheticIndex {
    let entries: Int
    let modules: Int

    private var modulesSoFar = 0
    private var clock: IndexClock

    init(entries: Int, modules: Int) {
        self.entries = entries
        self.modules = modules
        clock = IndexClock(entries: entries)
    }

    /// Appends the entry's line. Entries are written in their order, from 0 on.
    mutating func write(_ entry: Int, to output: inout LineBuffer) {
        var random = SplitMix(seed: UInt64(entry) | 1 << 40)
        clock.move(to: entry, sharing: random.below(30) == 0)
        let module = module(of: entry, &random)
        output.append("{\"Path\":\"")
        let major = ModuleName(module).write(to: &output)
        output.append("\",\"Version\":\"")
        writeVersion(entry, major: major, &random, to: &output)
        output.append("\",\"Timestamp\":\"")
        clock.writeTime(to: &output)
        output.append("\"}\n")
    }

    private mutating func module(of entry: Int, _ random: inout SplitMix) -> Int {
        if (entry + 1) * modules / entries > modulesSoFar {
            modulesSoFar += 1
            return modulesSoFar - 1
        }
        let share = Double(random.below(1 << 20)) / Double(1 << 20)
        return Int(share * share * Double(modulesSoFar))
    }

    /// Two in five are pseudo-versions, as they are where nobody tags releases.
    private func writeVersion(
        _ entry: Int, major: Int, _ random: inout SplitMix, to output: inout LineBuffer
    ) {
        output.append("v")
        output.append(number: major)
        if random.below(5) < 2 {
            output.append(".0.0-")
            clock.writeDigits(to: &output)
            output.append("-")
            output.append(hex: random.next(), digits: 12)
        } else {
            output.append(".")
            output.append(number: random.below(40))
            output.append(".")
            output.append(number: entry % 1000)
        }
    }
}
