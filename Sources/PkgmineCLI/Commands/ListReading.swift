import Foundation
import MiningStore
import PackageMining

/// What the state of a list says of it, read without disturbing a run that works on it.
enum ListReading: Sendable {
    /// - holder: the process that works on it now, as it calls itself.
    /// - changes: how what was published is no longer so, where no process works on it.
    case told(StateStatus, holder: String?, changes: [String])
    case notBegun
    case unreadable(StateError)

    static func of(_ id: String, in folder: URL) async throws -> ListReading {
        let files = StateFiles(outputFolder: folder, id: id)
        guard files.exists else { return .notBegun }
        do {
            let (status, holder) = (try await StateStatus.read(files), files.holder)
            let changes = holder == nil ? PublishedList(of: id, in: folder)?.changes : nil
            return .told(status, holder: holder, changes: changes ?? [])
        } catch is StateNotBegun {
            return .notBegun
        } catch let error as StateError {
            return .unreadable(error)
        }
    }
}
