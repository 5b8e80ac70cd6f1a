import ContentDigest
import ContentInflation
import PackageMining
import RegistryXML

/// Reads an ``XMLDownload`` once.
actor XMLFileReader<Value: Sendable>: FileReader {
    private let file: XMLDownload
    private let digest: Digest?
    private let inflater: Inflater
    private let reader: XMLReader
    private let fold: @Sendable (inout Value, XMLRecord) throws -> Void
    private var value: Value

    init(
        of file: XMLDownload, into value: Value, _ fold: @escaping @Sendable (inout Value, XMLRecord) throws -> Void
    ) throws {
        self.file = file
        self.value = value
        self.fold = fold
        digest = try file.checksum.map { try Digest($0.algorithm) }
        inflater = Inflater(limit: file.sizeLimit)
        reader = XMLReader(file.selection, options: file.options)
    }

    func take(_ chunk: [UInt8]) throws {
        digest?.update(chunk)
        inflater.feed(chunk)
        while let piece = try readable({ try inflater.next() }) { try keep(piece) }
    }

    func finish() throws -> Value {
        while let piece = try readable({ try inflater.finish() }) { try keep(piece) }
        for record in try readable({ try reader.finish() }) { try fold(&value, record) }
        if let checksum = file.checksum, let found = digest?.finish(), found != checksum.value {
            throw malformed("its \(checksum.algorithm.rawValue) is \(found), the registry says \(checksum.value)")
        }
        return value
    }

    private func keep(_ piece: [UInt8]) throws {
        for record in try readable({ try reader.read(piece) }) { try fold(&value, record) }
    }

    private func readable<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw malformed("the file cannot be read: \(error)", error)
        }
    }

    private func malformed(_ reason: String, _ cause: (any Error)? = nil) -> WireError {
        WireError(.malformed, url: file.url, reason, status: 200, cause: cause)
    }
}
