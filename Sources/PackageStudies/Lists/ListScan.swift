import Foundation

/// Works through lists piece by piece, several pieces at a time.
struct ListScan: Sendable {
    let paths: [String]
    var width = max(ProcessInfo.processInfo.activeProcessorCount, 1)

    /// Runs `work` on every piece and hands the results over one at a time, in no particular order.
    ///
    /// The first fault in the order of lists and lines is the one that is thrown, however the work fell.
    func run<Answer: Sendable>(
        work: @escaping @Sendable (ListChunk) throws(RowFault) -> Answer,
        take: (ListChunk.Position, Answer) async throws -> Void
    ) async throws {
        var chunks = ListChunks(paths: paths)
        var faults: [(position: ListChunk.Position, fault: RowFault)] = []
        try await withThrowingTaskGroup(of: (ListChunk.Position, Result<Answer, RowFault>).self) { group in
            var running = 0
            var isOver = false
            var readingError: (any Error)?
            while true {
                while running < width + 1, !isOver {
                    do {
                        guard let chunk = try chunks.next() else {
                            isOver = true
                            break
                        }
                        group.addTask {
                            try Task.checkCancellation()
                            return (chunk.position, Self.result(of: chunk, work))
                        }
                        running += 1
                    } catch {
                        // A fault in a piece before it is the one to tell.
                        readingError = error
                        isOver = true
                    }
                }
                guard let (position, result) = try await group.next() else { break }
                running -= 1
                switch result {
                case .success(let answer): try await take(position, answer)
                case .failure(let fault):
                    faults.append((position, fault))
                    isOver = true
                }
            }
            if faults.isEmpty, let readingError { throw readingError }
        }
        if let first = faults.min(by: { $0.position.sequence < $1.position.sequence }) {
            let offset = first.position.offset + first.fault.offset
            let path = paths[first.position.list]
            throw StudyError.malformed(path, line: try Self.line(at: offset, of: path), first.fault.reason)
        }
    }

    private static func result<Answer>(
        of chunk: ListChunk, _ work: (ListChunk) throws(RowFault) -> Answer
    ) -> Result<Answer, RowFault> {
        do throws(RowFault) {
            try validate(chunk)
            return .success(try work(chunk))
        } catch {
            return .failure(error)
        }
    }

    private static func validate(_ chunk: ListChunk) throws(RowFault) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: chunk.bytes.span)
        } catch {
            throw RowFault(offset: error.byteOffsets.lowerBound, reason: "bytes that are not UTF-8")
        }
    }

    /// The line, from 1, that a byte stands on.
    private static func line(at offset: Int, of path: String) throws -> Int {
        let source = try ByteSource(path: path)
        var line = 1
        var seen = 0
        while seen < offset {
            var bytes: [UInt8] = []
            guard try source.read(1 << 20, into: &bytes) else { break }
            for byte in bytes.prefix(offset - seen) where byte == 10 { line += 1 }
            seen += bytes.count
        }
        return line
    }
}

extension ListChunk {
    struct Position: Sendable {
        let list: Int
        let sequence: Int
        let offset: Int
    }

    var position: Position { Position(list: list, sequence: sequence, offset: offset) }
}
