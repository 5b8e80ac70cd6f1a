/// The repository that an address of a package list names.
///
/// Two addresses name the same repository exactly when their ``canonical`` forms are equal byte by byte.
public struct RepositoryIdentity: Hashable, Sendable {
    /// The address as the list holds it.
    public let raw: String

    /// `https://host/path`, without user, `.git` (where the host's rules are known), page, query and fragment.
    ///
    /// Its own canonical form is itself. Case is folded only where the host ignores it.
    public let canonical: String

    /// In lower case, with a port where the address names an unusual one.
    public let host: String

    /// What stands before the name: a user, an organisation, groups joined by `/`. Empty where there is none.
    public let owner: String

    /// Without `.git`.
    public let name: String

    /// The directory of the repository that the address points into, as far as the address itself tells.
    ///
    /// A page address does not say where a branch's name ends; it is read as one segment.
    public let directory: String?

    /// How the repository was found where the address does not itself name it.
    public let inference: Inference?

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - address: The text of a Repository or Homepage column.
    ///   - shorthand: What `owner/name` alone means in the address's ecosystem.
    ///   - inferring: Whether to infer where the address does not itself name a repository.
    /// - Throws: Why it names none.
    public init(
        of address: String, shorthand: ShorthandRule = .undefined, inferring: Bool = false
    ) throws(NoRepository) {
        let reader = AddressReader(inferring: inferring)
        switch reader.read(address.utf8.span, shorthand: shorthand) {
        case .nothing(let reason): throw reason
        case .repository(let repository):
            let bytes = repository.bytes
            raw = address
            canonical = String(decoding: bytes, as: UTF8.self)
            host = String(decoding: bytes[repository.host], as: UTF8.self)
            owner = String(decoding: bytes[repository.owner], as: UTF8.self)
            name = String(decoding: bytes[repository.name], as: UTF8.self)
            let inside = repository.directory
            directory = inside.isEmpty ? nil : String(decoding: inside, as: UTF8.self)
            inference = repository.inference
        }
    }
}

/// Whether `owner/name` alone is an address.
public enum ShorthandRule: Hashable, Sendable {
    /// A repository on this host.
    case means(_ host: String)
    case undefined
}
