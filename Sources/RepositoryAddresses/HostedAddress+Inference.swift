/// What an address stands for when it does not itself name a repository. Off unless asked for.
extension HostedAddress {
    /// The repository that the first pattern names which fits the path.
    func inferred(
        _ label: Inference, _ stands: [Stand], _ text: Span<UInt8>, before: Int, otherwise reason: NoRepository
    ) throws(NoRepository) -> CanonicalAddress {
        let path = segments.map { String(decoding: text.copy($0), as: UTF8.self) }
        let below = before > 0 ? String(decoding: host[..<before], as: UTF8.self) : ""
        for stand in stands {
            guard let address = stand.address(of: path, sub: below) else { continue }
            let reader = AddressReader(inferring: false)
            guard case .repository(var repository) = reader.read(address.utf8.span, shorthand: .undefined) else {
                throw reason
            }
            repository.inference = label
            return repository
        }
        throw reason
    }
}

extension Stand {
    /// The address for a path that fits the pattern.
    fileprivate func address(of path: [String], sub: String) -> String? {
        if address.contains("{sub}"), sub.isEmpty || sub.contains(".") { return nil }
        let pattern = self.path.split(separator: "/")
        let takesRest = pattern.last == "{rest}"
        guard takesRest ? path.count >= pattern.count : path.count == pattern.count else { return nil }
        var filled = address.replacing("{sub}", with: sub)
        for (index, word) in pattern.enumerated() {
            if word == "{rest}" {
                filled = filled.replacing("{rest}", with: path[index...].joined(separator: "/"))
            } else if word.hasPrefix("{") {
                let bare = word.dropFirst().dropLast()
                filled = filled.replacing("{\(bare)-version}", with: Self.withoutVersion(path[index]))
                filled = filled.replacing(word, with: path[index])
            } else if word != path[index] {
                return nil
            }
        }
        return filled
    }

    /// `yaml` of `yaml.v3`.
    private static func withoutVersion(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), name[dot...].hasPrefix(".v") else { return name }
        return String(name[..<dot])
    }
}
