import CocoaPodsMiner
import Foundation
import MachineTools
import MinerHarness
import PackageMining
import Testing

@Suite("Recorded files of CocoaPods", .enabled(if: Places.realData != nil, "needs the recorded files of CocoaPods"))
struct CocoaPodsRealDataTests {
    private let miner = CocoaPodsMiner(cdnURL: "https://cdn.test")

    @Test(
        "85,191 names and two shards: all are listed, those of the shards with their newest version, in their order",
        .enabled(if: Tool.machine("xz") != nil, "needs xz"))
    func lists() async throws {
        let archive = try #require(Places.realData).appending(path: "cocoapods/all_pods.txt.xz").path
        let all = try await #require(Tool.machine("xz")).run(["-dc", archive]).output
        let names = all.split(separator: "\n")
        let files = [
            "all_pods.txt": Array(all.utf8),
            "all_pods_versions_1_3_5.txt": try Places.real("cocoapods/all_pods_versions_1_3_5.txt"),
            "all_pods_versions_2_2_2.txt": try Places.real("cocoapods/all_pods_versions_2_2_2.txt"),
        ]
        let session = StubSession { request in
            let name = String(request.url.dropFirst("https://cdn.test/".count))
            return Response(status: 200, url: request.url, body: files[name] ?? [])
        }
        let run = StoredRun(miner)
        try await run.list(through: session)
        let newest = try await run.newest
        #expect(newest.count == 85_191)
        #expect(newest.map { Array($0.name.utf8) } == names.map { Array($0.utf8) })
        // The other shards are empty here, which is told of each.
        #expect(try await run.problems.map(\.kind) == Array(repeating: .contradiction, count: 4_094))
        let versions = newest.filter { !$0.release.version.isEmpty }
        #expect(versions.count == 15 + 23)
        for (name, version) in [
            ("Foo", "1.1.3"), ("iflyMSCKit", "1.1642"), ("VectorFontAwesome", "1.0.0-beta.3"), ("YappaSDK", "1.0.2"),
            ("ContactsWrapper", "1.0.2"),
        ] {
            #expect(versions.first { $0.name == name }?.release.version == version)
        }
    }

    @Test("a pod's folder is that of its MD5, as CocoaPods' own repository has it, and its podspec tells its links")
    func looksUp() async throws {
        for (name, version, folder, links) in [
            ("SDWebImage", "4.0.0", "1/1/7", "https://github.com/rs/SDWebImage"),
            ("BeaconKit", "1.0.5", "2/0/9", "https://github.com/igor-makarov/BeaconKit"),
            // In the folder of 1.0.0 lies that of 1.0.1.
            ("СерафимиМногоꙮчитїи", "1.0.0", "3/8/f", nil),
        ] {
            let spec = try Places.real("cocoapods/Specs/\(folder)/\(name)/\(version)/\(name).podspec.json")
            let escaped = try #require(urlSegment(name))
            let url = "https://cdn.test/Specs/\(folder)/\(escaped)/\(version)/\(escaped).podspec.json"
            let package = Package(id: 1, name: name, newest: Release(version: version))
            let session = StubSession([url: spec])
            guard let links else {
                await #expect(throws: WireError.self) { try await miner.resolve(package, through: session) }
                continue
            }
            #expect(
                try await miner.resolve(package, through: session)
                    == .links(homepage: links, repository: links + ".git"))
        }
    }
}
