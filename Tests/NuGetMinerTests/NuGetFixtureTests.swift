import MinerHarness
import NuGetMiner
import PackageMining
import Testing

@Suite("The NuGet registry in fixtures/nuget")
struct NuGetFixtureTests {
    /// As each process makes its own.
    private var miner: NuGetMiner { NuGetMiner(indexURL: "https://nuget.test/v3/index.json") }

    /// Has the registry answer what the folder holds, and what it answered before where that is silent.
    private func serve(_ state: String, from session: StubSession) throws {
        for file in try Places.files(of: "nuget/\(state)") {
            let path = file.path.split(separator: "/").compactMap { urlSegment($0) }.joined(separator: "/")
            session.set("https://nuget.test/v3/\(path)", file.bytes)
        }
    }

    @Test(
        "The NuGet registry in fixtures/nuget is listed, brought up to date, and moves no Package ID of a package that vanishes and returns"
    )
    func lists() async throws {
        let session = StubSession()
        let folder = try MinedFolder()
        try serve("first", from: session)
        #expect(
            try await folder.run(miner, through: session) == [
                "1 Some.Package https://some.example/ten https://git.example/some.git",
                "2 Old.Manifest https://old.example/é nan",
                "3 新包 nan https://git.example/新包",
                "4 Vanishing https://vanishing.example/2 nan",
                "5 Relisted https://relisted.example/1 nan",
                "7 5.0.0.0 nan nan",
            ])
        #expect(!session.requests.contains { $0.contains("/data/") })
        try serve("later", from: session)
        #expect(
            try await folder.run(miner, through: session) == [
                "1 Some.Package https://some.example/one nan",
                "2 Old.Manifest https://old.example/é nan",
                "3 新包 nan https://git.example/新包",
                "5 Relisted https://relisted.example/2 nan",
                "7 5.0.0.0 nan nan",
            ])
        try serve("last", from: session)
        #expect(try await folder.run(miner, through: session)[3] == "4 VANISHING https://vanishing.example/3 nan")
    }

    @Test("an update asks for the pages that have changed and for the packages that they tell of")
    func asksLittle() async throws {
        let session = StubSession()
        let folder = try MinedFolder()
        try serve("first", from: session)
        _ = try await folder.run(miner, through: session)
        let before = session.requests.count
        try serve("later", from: session)
        _ = try await folder.run(miner, through: session)
        #expect(
            Set(session.requests[before...])
                == Set(
                    [
                        "index.json", "catalog0/index.json", "catalog0/page2.json", "catalog0/page3.json",
                        "registration/relisted/index.json", "registration/relisted/page/2.0.0/2.0.0.json",
                        "registration/some.package/index.json", "flat/relisted/2.0.0/relisted.nuspec",
                        "flat/some.package/1.0.0/some.package.nuspec",
                    ].map { "https://nuget.test/v3/\($0)" }))
    }
}
