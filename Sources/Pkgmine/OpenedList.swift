package import MiningStore
package import PackageMining

/// The list of an ecosystem in a folder, opened: this process holds its state until it is closed.
package struct OpenedList: Sendable {
    package let store: MiningStore

    /// Opens the state, or begins one, in a folder that is made where it is missing.
    ///
    /// - Parameter fresh: start over, and keep the old state aside until a new list is published.
    /// - Throws: ``OutputFolderUnusable``, `FileOfAnother`, `StateError`
    package init(of ecosystem: Ecosystem, _ options: MiningOptions, fresh: Bool) throws {
        try OutputFolder(url: options.outputFolder).make()
        try options.refuseFilesOfAnother(than: ecosystem)
        store = try MiningStore(StateFiles(outputFolder: options.outputFolder, id: ecosystem.id), fresh: fresh)
    }

    /// Lets others have the state.
    package func close() async throws { try await store.close() }
}
