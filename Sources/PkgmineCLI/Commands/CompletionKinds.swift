import ArgumentParser
import PackageMining

/// What a shell offers where Tab is pressed.
extension CompletionKind {
    /// The ids of what can be mined.
    static var ecosystem: CompletionKind { .list(PkgmineTool.toolbox.ecosystems.map(\.id)) }

    /// Lists, plain or gzip.
    static var lists: CompletionKind { .file(extensions: ["csv", "gz"]) }
}
