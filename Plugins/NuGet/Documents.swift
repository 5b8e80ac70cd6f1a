import Foundation
import PackageMining

/// The registry's JSON documents, as far as they are read (https://learn.microsoft.com/nuget/api/overview).
enum Document {
    struct ServiceIndex: Decodable {
        struct Resource: Decodable {
            let id: String
            let type: OneOrMore
            enum CodingKeys: String, CodingKey {
                case id = "@id"
                case type = "@type"
            }
        }
        let resources: [Resource]
    }

    /// The catalogue's index and its pages have one shape.
    struct Catalogue: Decodable {
        struct Item: Decodable {
            let id: String
            let type: OneOrMore?
            let commitTimeStamp: String
            let packageID: String?
            let version: String?
            enum CodingKeys: String, CodingKey {
                case id = "@id"
                case type = "@type"
                case commitTimeStamp
                case packageID = "nuget:id"
                case version = "nuget:version"
            }
        }
        let count: Int
        let items: [Item]
    }

    /// What tells whether a version is listed: a leaf of the catalogue, or a registration's entry.
    struct Leaf: Decodable {
        let version: String?
        let listed: Bool?
        let published: String?

        /// Where nobody says so, a version is unlisted that was published in the year 1900 (NuGet.Protocol.Catalog).
        var isListed: Bool { listed ?? !(published ?? "").hasPrefix("1900") }
    }

    /// A registration, or one of its pages, which come by themselves where a package has many versions.
    struct Registration: Decodable {
        struct Item: Decodable {
            let id: String?
            let upper: String?
            let items: [Item]?
            let catalogEntry: Leaf?
            enum CodingKeys: String, CodingKey {
                case id = "@id"
                case upper, items, catalogEntry
            }
        }
        let items: [Item]
    }

    /// JSON-LD writes one value as itself and several as an array.
    struct OneOrMore: Decodable {
        let values: [String]
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            values = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
        }
    }

    /// - Throws: `WireError` for an answer that is no such document.
    static func read<Content: Decodable>(_ type: Content.Type, _ response: Response) throws -> Content {
        let body = try response.bodyOfSuccess()
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw WireError(.malformed, url: response.url, "not the JSON that was asked for", status: 200, cause: error)
        }
    }
}
