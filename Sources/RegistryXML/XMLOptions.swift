/// How a document is read: what is tolerated, and how large its parts may be.
///
/// Nothing opens the way to the network, to files, or to entities that a document declares: those are never read.
public struct XMLOptions: Sendable {
    /// Takes HTML's named entities, as in `&eacute;`, without a declaration.
    public var readsHTMLEntities = false

    /// Takes bytes that are not of the document's encoding, and characters that XML forbids, as U+FFFD.
    public var replacesIllFormedBytes = false

    /// Passes over elements whose names are written with a prefix, as a reader does that knows no name spaces.
    public var ignoresPrefixedElements = false

    /// How many elements may lie inside one another.
    public var depthLimit = 256

    /// How many attributes an element may have.
    public var attributeLimit = 256

    /// The largest tag, comment or other piece of markup, in bytes. Attributes cannot be larger.
    public var markupLimit = 256 << 10

    /// The largest record, in bytes, counting its texts and some for each of its elements.
    public var recordLimit = 4 << 20

    public init() {}
}
