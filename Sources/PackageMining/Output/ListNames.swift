public import Foundation

/// The files that a run publishes for one ecosystem: `Go.csv`, and `Go.problems.csv`, `Go.audit.csv` and
/// `Go.outcomes.csv` beside it. The last has as many rows as the list, and is gzip where that is.
struct ListNames {
    let list: URL

    var problems: URL { beside("problems") }
    var audit: URL { beside("audit") }

    var outcomes: URL { isGzip(list) ? beside("outcomes").appendingPathExtension("gz") : beside("outcomes") }

    private func beside(_ what: String) -> URL {
        let csv = isGzip(list) ? list.deletingPathExtension() : list
        let name = csv.deletingPathExtension().lastPathComponent
        return list.deletingLastPathComponent().appending(path: "\(name).\(what).csv")
    }

    /// As they are compared: on a disk that does not mind case, `go.csv` is `Go.csv`.
    fileprivate var keys: Set<String> {
        Set([list, problems, audit, outcomes].map { simpleLowercase($0.lastPathComponent) })
    }
}

extension MiningOptions {
    func names(of ecosystem: Ecosystem) -> ListNames {
        ListNames(list: outputFolder.appending(path: fileName ?? "\(ecosystem.fileName).csv"))
    }

    /// Whoever makes a state beforehand asks this before: it reads, and changes nothing.
    ///
    /// - Throws: ``FileOfAnother`` where a file that the run would publish is one that another ecosystem's last run has
    ///   published to this folder, whether it is still there or not.
    public func refuseFilesOfAnother(than ecosystem: Ecosystem) throws {
        let names = names(of: ecosystem)
        for other in try DataPackage(folder: outputFolder).entries() where other.mining.ecosystem != ecosystem.id {
            let taken = ListNames(list: outputFolder.appending(path: other.path))
            guard taken.keys.isDisjoint(with: names.keys) else {
                throw FileOfAnother(file: names.list, ecosystem: other.mining.ecosystem)
            }
        }
    }
}

/// A file that a run would publish, and that another ecosystem's list is in.
public struct FileOfAnother: Error, CustomStringConvertible {
    public let file: URL

    /// The id of the ecosystem that has it.
    public let ecosystem: String

    public var description: String {
        """
        the list cannot have this name: another ecosystem's has it
          at: \(printable(file.path, limit: 4_096))
          because: it, or a file beside it, was published by the last run of `\(printable(ecosystem))`
          saved: that list, and all that was mined before

        hint: give this list another name with --output-file, or another folder with --output-dir
        """
    }
}
