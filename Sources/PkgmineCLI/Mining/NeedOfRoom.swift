import Foundation
import MiningStore
import PackageMining

/// What is said of the disk before a large list is begun.
struct NeedOfRoom: CustomStringConvertible {
    let size: ListSize
    let folder: URL

    var description: String {
        let need = "a whole list takes about \(roundBytes(size.bytes)) in \(folder.relativePath)"
        guard let free = DiskRoom.free(in: folder) else { return need }
        let has = "\(roundBytes(free)) are free there"
        return free > size.bytes
            ? "\(need); \(has)"
            : "\(need), and \(has): the run stops before the disk is full, and can go on when there is more room"
    }
}
