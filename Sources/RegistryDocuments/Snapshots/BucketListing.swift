import PackageMining
import RegistryXML

/// A file of a bucket, as the bucket's listing tells of it.
public struct BucketObject: Hashable, Sendable {
    /// Its path in the bucket.
    public let key: String

    /// In bytes; nil where the listing does not tell.
    public let size: Int64?

    /// `STANDARD` can be had at once; other classes cannot, or take hours.
    public let storageClass: String

    /// Whether there is something in it that can be had at once.
    public var isAtHand: Bool { storageClass == "STANDARD" && size != 0 }
}

extension SnapshotSource {
    /// The files of a bucket whose keys begin with `prefix`, in the order of their keys: all pages of its listing, as S3
    /// writes it (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html).
    ///
    /// The listing is an index in parts: see ``index(at:isPart:bodyLimit:_:)``.
    ///
    /// - Parameter url: the bucket's, without a slash at its end.
    public mutating func objects(inBucketAt url: String, under prefix: String) async throws -> [BucketObject] {
        let listing = "\(url)/?prefix=\(prefix)"
        var objects: [BucketObject] = []
        var marker = ""
        while true {
            let page = marker.isEmpty ? listing : "\(listing)&marker=\(urlSegment(marker) ?? marker)"
            let answer = try await index(at: page, isPart: true) { [marker] in try BucketPage($0, behind: marker) }
            objects += answer.objects
            guard let next = answer.next else { return objects }
            marker = next
        }
    }
}

/// A page of a bucket's listing.
private struct BucketPage: Sendable {
    let objects: [BucketObject]

    /// Behind which key the next page begins; nil where there is none.
    let next: String?

    private static let selection = XMLSelection(
        each: "ListBucketResult",
        taking: ["IsTruncated", "NextMarker", "Contents/Key", "Contents/Size", "Contents/StorageClass"])

    /// - Throws: for an answer that is no page, or leads to one that has been read.
    init(_ response: Response, behind marker: String) throws {
        let page = try response.xml(Self.selection).first
        objects = try (page?.all("Contents") ?? []).map { contents in
            guard let object = BucketObject(contents) else {
                throw response.malformed("the listing has a file without a key")
            }
            return object
        }
        switch page?.text("IsTruncated") {
        case "false": next = nil
        case "true":
            // S3 sends a NextMarker only where keys are grouped.
            next = page?.text("NextMarker") ?? objects.last?.key
            guard let next, marker.utf8.lexicographicallyPrecedes(next.utf8) else {
                throw response.malformed("the listing says that more follows, and does not say what")
            }
        default: throw response.malformed("the listing does not say whether more follows")
        }
    }
}

extension BucketObject {
    fileprivate init?(_ contents: XMLRecord) {
        guard let key = contents.text("Key") else { return nil }
        self.key = key
        size = contents.text("Size").flatMap { Int64($0) }
        storageClass = contents.text("StorageClass") ?? "STANDARD"
    }
}
