import RegistryJSON

extension JSONElement {
    /// The element in words.
    var shown: String {
        let value =
            switch value {
            case .success(let value): value.json
            case .failure: "unreadable"
            }
        return "\(container) \(index)\(key.map { " '\($0)'" } ?? ""): \(value)"
    }
}
