// Writes a synthetic module index as one file, an entry a line, for bench-index-server.
//
//     bench-generate FILE ENTRIES MODULES

guard CommandLine.arguments.count == 4, let entries = Int(CommandLine.arguments[2]),
    let modules = Int(CommandLine.arguments[3]), 0 < modules, modules <= entries
else { fail("usage: bench-generate FILE ENTRIES MODULES") }

var output = LineBuffer(CommandLine.arguments[1])
var index = SyntheticIndex(entries: entries, modules: modules)
for entry in 0..<entries {
    index.write(entry, to: &output)
    output.endLine()
}
output.flush()
