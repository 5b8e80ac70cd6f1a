public import ArgumentParser
public import PackageMining

/// A plug-in whose list can be held against a source that proves that it leaves nothing out.
///
/// `pkgmine audit <ecosystem>` and the plug-in's own option that asks for it are made from this.
public protocol AuditedPlugin: EcosystemPlugin {
    associatedtype Audit: AuditOptions

    /// The options of the audit among those of the command; nil where none is asked for.
    var audit: Audit? { get }
}

/// The options of an audit.
public protocol AuditOptions: ParsableArguments {
    associatedtype ItsWitness: Witness

    /// What the audit does: "Holds the list of Go modules against …".
    static var abstract: String { get }

    /// Command lines for the help.
    static var examples: [String] { get }

    /// - Throws: what is wrong with the options, in a line.
    func makeWitness() throws -> ItsWitness
}
