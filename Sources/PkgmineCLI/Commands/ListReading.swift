import Foundation
import MiningStore
import PackageMining

/// What the state of a list says of it, read without disturbing a run that works on it.
enum ListReading: Sendable {
    /// - holder: the process that works on it now, as it calls itself.
    case told(StateStatus, holder: String?)
    case notBegun
    case unreadable(StateError)

    static func of(_ id: String, in folder: URL) async throws -> ListReading {
        let files = StateFiles(outputFolder: folder, id: id)
        guard files.exists else { return .notBegun }
        do {
            return .told(try await StateStatus.read(files), holder: files.holder)
        } catch is StateNotBegun {
            return .notBegun
        } catch let error as StateError {
            return .unreadable(error)
        }
    }
}
