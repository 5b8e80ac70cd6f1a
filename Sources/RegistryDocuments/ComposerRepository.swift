public import PackageMining
import RegistryJSON

/// A repository of PHP packages as Composer reads it: Packagist's, or one of Satis
/// (https://getcomposer.org/doc/05-repositories.md#packages).
public struct ComposerRepository: Sendable {
    private let url: String
    private let roots = SharedAnswers<String, JSONValue>(capacity: 1)

    /// - Parameter url: where `packages.json` lies, without a slash at its end.
    public init(at url: String) { self.url = url }

    /// An address that `packages.json` names, which may be one on its host; nil where it names none. The document is
    /// fetched once. One without a `metadata-url` for each package is refused.
    ///
    /// - Parameter place: `/metadata-url`, `/metadata-changes-url`.
    public func address(of place: String, through session: any RegistrySession) async throws -> String? {
        let root = try await roots.answer(to: url) { [url] in
            try await session.fetch(Request("\(url)/packages.json")) { response in
                let root = try response.json()
                if root["/metadata-url"]?.text?.contains("%package%") == true { return root }
                throw response.lacks("packages.json has no metadata-url with %package% in it")
            }
        }
        let host = url.split(separator: "/").prefix(2).joined(separator: "//")
        return root[place]?.text.map { $0.hasPrefix("/") ? host + $0 : $0 }
    }
}
