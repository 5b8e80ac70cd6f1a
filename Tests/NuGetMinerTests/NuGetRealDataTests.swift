import Foundation
import MinerHarness
import NuGetMiner
import PackageMining
import Testing

@Suite("What nuget.org served", .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct NuGetRealDataTests {
    private var miner: NuGetMiner { NuGetMiner(indexURL: "https://api.nuget.org/v3/index.json") }

    /// nuget.org with the documents that are there, and with services that have no registrations unless wanted. The
    /// catalogue's documents were cut where they are kept, so that their counts are made to fit.
    private func session(registrations: Bool = false) throws -> StubSession {
        let session = StubSession()
        let folder = try #require(Places.realData).appending(path: "nuget")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path()) where file.hasPrefix("v3") {
            let bytes = try Places.real("nuget/\(file)")
            let path = file.replacing("_", with: "/")
            session.set("https://api.nuget.org/\(path)", file.hasSuffix(".json") ? try counted(bytes) : bytes)
        }
        session.set("https://api.nuget.org/v3/index.json", Array(services(registrations).utf8))
        return session
    }

    private func counted(_ bytes: [UInt8]) throws -> [UInt8] {
        guard var document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let items = document["items"] as? [Any]
        else { return bytes }
        document["count"] = items.count
        return Array(try JSONSerialization.data(withJSONObject: document))
    }

    private func services(_ registrations: Bool) -> String {
        let more = #", {"@id": "https://api.nuget.org/v3/reg/", "@type": "RegistrationsBaseUrl/3.6.0"}"#
        return """
            {"resources": [{"@id": "https://api.nuget.org/v3/catalog0/index.json", "@type": "Catalog/3.0.0"},
            {"@id": "https://api.nuget.org/v3-flatcontainer/", "@type": "PackageBaseAddress/3.0.0"}\(registrations ? more : "")]}
            """
    }

    @Test("its catalogue is listed, and its manifests are read")
    func catalogue() async throws {
        let rows = try await MinedFolder().run(miner, through: session())
        #expect(
            rows == [
                "1 HanaTech.Framework.WorkFlow nan nan", "2 HanaTech.Application nan nan",
                "3 Glader.Essentials.GameFramework nan nan",
                // The leaf of SIL.Core.Desktop's only version says that it is not listed.
                "4 SIL.Core.Tests nan nan",
                "5 Intersoft.Crosslight.Logging.EntityFramework http://www.intersoftsolutions.com/Crosslight nan",
            ])
    }

    @Test(
        "its registrations tell which version is the newest that is listed",
        arguments: [
            ("newtonsoft.json", "13.0.3", Outcome.resolved), ("deprecated_package", "2.0.0", .noRepository),
            ("unlisted_package", "1.0.0", .withdrawn),
        ])
    func registration(file: String, version: String, outcome: Outcome) async throws {
        let session = try session(registrations: true)
        session.set("https://api.nuget.org/v3/reg/a/index.json", try Places.real("nuget/\(file)_registration.json"))
        let manifest = try Places.real("nuget/newtonsoft.json.nuspec")
        let shorn = String(decoding: manifest, as: UTF8.self).replacing(/<repository[^>]*>/, with: "")
        session.set(
            "https://api.nuget.org/v3-flatcontainer/a/\(version)/a.nuspec",
            outcome == .resolved ? manifest : Array(shorn.utf8))
        let found = try await miner.resolve(
            Package(id: 1, name: "A", newest: Release(version: version)), through: session)
        #expect(found.outcome == outcome)
        #expect(found.homepage == (outcome == .withdrawn ? nil : "https://www.newtonsoft.com/json"))
    }
}
