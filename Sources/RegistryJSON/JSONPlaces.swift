/// What is wanted of a document, by JSON pointers, and what of it was met.
struct JSONPlaces {
    enum Role {
        /// Its elements are wanted.
        case container
        /// The value is wanted, whole.
        case kept
        /// Something in it is wanted.
        case way
    }

    private let roles: [String: Role]
    private let needed: [String]
    private var met: Set<String> = []

    init(containers: [String], optional: [String], keeping kept: [String]) {
        var roles: [String: Role] = [:]
        for pointer in containers + optional + kept {
            for end in pointer.indices where pointer[end] == "/" { roles[String(pointer[..<end])] = .way }
        }
        for pointer in kept { roles[pointer] = .kept }
        for pointer in containers + optional { roles[pointer] = .container }
        self.roles = roles
        needed = containers
    }

    /// The first container that the document should have and has not.
    var missing: String? { needed.first { !met.contains($0) } }

    func hasMet(_ pointer: String) -> Bool { met.contains(pointer) }

    func isKept(_ pointer: String) -> Bool { roles[pointer] == .kept }

    /// What a place is wanted for; nil where it is not.
    ///
    /// - Throws: where it is met a second time. Which of the two is meant nobody can say.
    mutating func meet(_ pointer: String) throws(JSONError) -> Role? {
        guard let role = roles[pointer] else { return nil }
        guard met.insert(pointer).inserted else { throw JSONError("it is there twice") }
        return role
    }

    /// The pointer of a member.
    static func pointer(_ object: String, _ key: String) -> String {
        "\(object)/\(key.replacing("~", with: "~0").replacing("/", with: "~1"))"
    }
}
