import PackageMining
package import RegistryHTTP

/// A program that mines, as registries and manifests are told it.
public struct Program: Sendable {
    public let name: String
    public let version: String

    /// How a registry's operators reach whoever runs it: a mail address or a page.
    public let contact: String?

    public init(name: String, version: String, contact: String? = nil) {
        self.name = name
        self.version = version
        self.contact = contact
    }

    /// For the manifest and for recordings: `hexmine 1.2 (pkgmine 0.1.0)`.
    package var told: String {
        name == "pkgmine" ? "\(name) \(version)" : "\(name) \(version) (pkgmine \(ThisPackage.version))"
    }

    /// How its sessions ask, unless it says otherwise.
    ///
    /// - Parameter projectURL: where it lives.
    package func session(projectURL: String? = nil) -> CurlSession.Configuration {
        CurlSession.Configuration(tool: name, version: version, projectURL: projectURL, contact: contact)
    }
}
