import Foundation
import PackageMining

/// Adds to each row of tables which repository its address names: one row in, one row out, in order.
///
/// Rows are read, and pieces of them identified, side by side; what is done goes out before more is waited for, so that
/// it can stand between two programs that wait for one another.
public struct Identification: Sendable {
    private let sources: [String]
    private let column: String?
    private let isLines: Bool
    private let inferring: Bool

    /// - Parameters:
    ///   - sources: paths of CSV, plain or gzip, or `-` for the standard input.
    ///   - column: the column of addresses; nil for a list's `Repository`, or lines of addresses where there is none.
    ///   - isLines: whether each line is an address, and there is no header.
    ///   - inferring: whether repositories are inferred where the address does not itself name one.
    public init(_ sources: [String], column: String? = nil, isLines: Bool = false, inferring: Bool = false) {
        self.sources = sources
        self.column = column
        self.isLines = isLines
        self.inferring = inferring
    }

    /// Writes to a file, which is the old one or the whole new one.
    ///
    /// - Throws: ``StudyError`` with file and line where a table is not one.
    public func write(to path: String) async throws {
        do {
            var file = try OutputFile(URL(filePath: path))
            try await run { bytes in try file.write { $0.append(contentsOf: bytes) } }
            _ = try file.publish()
        } catch let error as OutputError {
            throw StudyError.output(error.file.path, error.reason)
        }
    }

    /// Hands the rows over, whole rows at a time.
    ///
    /// - Throws: ``StudyError`` with file and line where a table is not one; all rows before were handed over.
    public func run(_ take: ([UInt8]) throws -> Void) async throws {
        var pieces = AddressPieces(sources, column: column, isLines: isLines, inferring: inferring)
        let width = ProcessInfo.processInfo.activeProcessorCount + 1
        try await withThrowingTaskGroup(of: (Int, IdentifiedPiece).self) { group in
            var done: [Int: IdentifiedPiece] = [:]
            var (begun, taken) = (0, 0)
            var end: Result<Void, any Error>?
            while true {
                // What is under way goes out before the next piece is waited for.
                while end == nil, begun - taken < width, begun == taken || pieces.isReady {
                    do {
                        guard let piece = try pieces.next() else {
                            end = .success(())
                            break
                        }
                        let number = begun
                        group.addTask { (number, IdentifiedPiece(piece, inferring: inferring)) }
                        begun += 1
                    } catch {
                        end = .failure(error)
                    }
                }
                guard let (number, piece) = try await group.next() else { break }
                done[number] = piece
                while let next = done.removeValue(forKey: taken) {
                    taken += 1
                    if !next.rows.isEmpty { try take(next.rows) }
                    if let fault = next.fault { throw fault }
                }
            }
            try end?.get()
        }
    }
}

/// What came of a piece: its rows, up to a fault where there is one.
private struct IdentifiedPiece: Sendable {
    let rows: [UInt8]
    var fault: StudyError?

    init(_ piece: AddressPiece, inferring: Bool) {
        var rows = AddressRows(inferring: inferring, head: piece.head)
        do throws(RowFault) { try rows.add(piece) } catch {
            let line = piece.line + countOfLines(piece.bytes.span.extracting(0..<error.offset))
            fault = .malformed(piece.path, line: line, error.reason, hint: AddressPieces.whatATableIs)
        }
        self.rows = rows.output
    }
}
