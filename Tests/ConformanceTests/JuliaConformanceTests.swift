import ContentDigest
import Foundation
import JuliaMiner
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The Julia miner")
struct JuliaConformanceTests {
    @Test("The Julia miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { JuliaFixture() }.check(promise)
    }
}

/// A small package server: of the General registry it has the archive of the present state alone, under the name of its
/// git tree. Two packages have one name.
private final class JuliaFixture: RegistryFixture {
    private struct State {
        var packages: [JuliaPackage] = []
        var listing = 1

        /// So many of the last packages are told; nil where all are.
        var told: Int?

        mutating func tell(_ name: String, isReadable: Bool = true) {
            let number = packages.count + 1
            packages.append(JuliaPackage(number: number, listing: listing, name: name, isReadable: isReadable))
        }
    }

    private let state = Mutex(State())

    init() {
        state.withLock { state in
            for number in 1...7 { state.tell("Package\(number)") }
            for name in ["Twin", "Twin", "small_jll"] { state.tell(name) }
        }
    }

    func miner(at baseURL: String) -> JuliaMiner { JuliaMiner(registryURL: baseURL) }

    func kind(of request: LoopbackRequest) -> RequestKind { .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let registry = state.withLock { state in
            let told = state.packages.suffix(state.told ?? state.packages.count).filter { !$0.isRemoved }
            return JuliaRegistry(packages: Array(told))
        }
        let path = "/registry/23338594-aafe-5451-b93e-139f81909106/\(registry.tree)"
        switch request.path {
        case "/registries.eager": return LoopbackAnswer(200, body: Array("\(path)\n".utf8))
        case path:
            var answer = LoopbackAnswer(200, body: gzip(registry.archive))
            answer.mayCompress = false
            return answer
        default: return .text(404, "no such state")
        }
    }

    var expected: [ExpectedRow] {
        state.withLock { $0.packages }.filter(\.isReadable).sorted { a, b in
            let isSame = a.name.utf8.elementsEqual(b.name.utf8)
            if a.listing != b.listing { return a.listing < b.listing }
            return isSame ? a.number < b.number : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
        }.map(\.expected)
    }

    func grow() {
        state.withLock { $0.listing += 1 }
        _ = add(names: ["New1", "Another", "Zz"])
    }

    func add(names: [String]) -> Bool {
        state.withLock { state in names.forEach { state.tell($0, isReadable: !$0.isEmpty) } }
        return true
    }

    func addUnreadableEntry() -> Bool {
        state.withLock { $0.tell("", isReadable: false) }
        return true
    }

    var isListedWhole: Bool { true }

    func shrink(to count: Int?) -> Bool {
        state.withLock { $0.told = count }
        return true
    }

    func remove(_ name: String) -> Bool { change(name) { $0.isRemoved = true } }

    func change(_ name: String) -> Bool { change(name) { $0.moves += 1 } }

    private func change(_ name: String, _ body: (inout JuliaPackage) -> Void) -> Bool {
        state.withLock { state in
            guard let index = state.packages.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                return false
            }
            body(&state.packages[index])
            return true
        }
    }
}

private struct JuliaPackage {
    let number: Int
    let listing: Int
    let name: String
    let isReadable: Bool
    var moves = 0
    var isRemoved = false

    var uuid: String { "\(10_000_000 + number)-aafe-5451-b93e-139f81909106" }
    private var repository: String? { number % 4 == 0 ? nil : "https://git.test/\(number)/\(moves).jl.git" }

    /// A text of TOML.
    private var nameText: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let json = String(decoding: (try? encoder.encode(name)) ?? Data(), as: UTF8.self)
        return json.replacing("\u{7F}", with: "\\u007F")
    }

    var row: String {
        "\(uuid) = { \(isReadable ? "name = \(nameText), " : "")path = \"P/\(number)\" }\n"
    }

    var file: [UInt8] {
        Array("name = \(nameText)\nuuid = \"\(uuid)\"\n\(repository.map { "repo = \"\($0)\"\n" } ?? "")".utf8)
    }

    var expected: ExpectedRow {
        ExpectedRow(name, repository: repository, outcome: isRemoved ? .withdrawn : nil)
    }
}

private struct JuliaRegistry {
    let packages: [JuliaPackage]

    private var index: [UInt8] {
        Array(
            "name = \"General\"\ndescription = \"\"\"\n[no]\n\"\"\"\n[packages]\n\(packages.map(\.row).joined())".utf8)
    }

    var archive: [UInt8] {
        var archive = TarWriter()
        for package in packages.reversed() { archive.addFile("P/\(package.number)/Package.toml", package.file) }
        archive.addFile("Registry.toml", index)
        archive.end()
        return archive.bytes
    }

    /// What git calls the files. The folders' names have one order with a slash behind them and without.
    var tree: String {
        let folders = packages.sorted { "\($0.number)/" < "\($1.number)/" }.map { package in
            ("40000 \(package.number)", hash("tree", rows([("100644 Package.toml", hash("blob", package.file))])))
        }
        let folder = packages.isEmpty ? [] : [("40000 P", hash("tree", rows(folders)))]
        return hash("tree", rows(folder + [("100644 Registry.toml", hash("blob", index))]))
    }

    private func rows(_ rows: [(String, String)]) -> [UInt8] {
        rows.flatMap { Array($0.0.utf8) + [0] + bytes($0.1) }
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        stride(from: 0, to: 40, by: 2).compactMap { UInt8(hexadecimal.dropFirst($0).prefix(2), radix: 16) }
    }

    private func hash(_ kind: String, _ content: [UInt8]) -> String {
        (try? Digest.hex(of: Array("\(kind) \(content.count)\0".utf8) + content, by: .sha1)) ?? ""
    }
}
