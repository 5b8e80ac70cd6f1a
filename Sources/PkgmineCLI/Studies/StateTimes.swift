import Foundation
import MiningStore
import PackageMining
import PackageStudies

/// When the packages of lists first appeared, as the states beside the lists tell.
///
/// A state tells it where its miner's places are times, and only of the very list that it published.
struct StateTimes: Sendable {
    let lists: [String]
    /// How many packages the lists hold, by platform.
    let packages: [String: Int]
    let told: StudyProgress

    /// The times of a platform's packages. Nil where the states do not know all of the packages that the lists hold:
    /// a part of the growth would be taken for the whole.
    func times(of platform: String) async -> [Date]? {
        guard
            let ecosystem = PkgmineTool.toolbox.ecosystems.first(where: { $0.platform == platform }),
            ecosystem.placeIsTime
        else { return nil }
        var places: [Int64] = []
        for list in lists { places += await self.places(ecosystem, beside: URL(filePath: list)) }
        if places.isEmpty { return nil }
        let count = packages[platform] ?? 0
        guard places.count == count else {
            told.step(
                "growth of \(platform) is left out: the lists hold \(grouped(count)) packages, and the states beside them "
                    + "tell when \(grouped(places.count)) appeared")
            return nil
        }
        return places.map { Date(timeIntervalSince1970: Double($0) / 1e9) }
    }

    /// A state that cannot be read leaves the growth out; all else of the report stands.
    private func places(_ ecosystem: Ecosystem, beside list: URL) async -> [Int64] {
        let folder = list.deletingLastPathComponent()
        let files = StateFiles(outputFolder: folder, id: ecosystem.id)
        do {
            guard FileManager.default.fileExists(atPath: files.published.path),
                let published = PublishedList(of: ecosystem.id, in: folder),
                published.path == list.lastPathComponent, published.platform == ecosystem.platform
            else { return [] }
            return try await FirstPlaces.read(files, ofFirst: published.rows)
        } catch {
            told.step("growth of \(ecosystem.platform) is left out:")
            for line in "\(error)".split(separator: "\n") { told.step("  \(line)") }
            return []
        }
    }
}
