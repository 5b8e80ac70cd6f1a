import Foundation
import GoMiner
import Pkgmine

// trends lists https://index.golang.org https://proxy.golang.org
let words = CommandLine.arguments
var mining = try Mining(
    GoMiner(indexURL: words[2], proxyURL: words[3]), into: URL(filePath: words[1]),
    by: Program(name: "trends", version: "1.0", contact: "you@example.org"))
mining.options.limit = 1_000

let report = try await mining.run { moments in
    for await moment in moments { print(moment) }
}
print("\(report.tally.listed) modules in \(report.list.relativePath), \(report.lookedUp) looked up now")
