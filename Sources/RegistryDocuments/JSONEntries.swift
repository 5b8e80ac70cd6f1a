public import PackageMining
public import RegistryJSON

extension JSONElement {
    /// What `make` makes of the element's value; nil where that cannot be read or `make` throws, which is then noted.
    ///
    /// An entry that cannot be read is named, and those beside it stand. The problem tells what the entry says, so that
    /// it stays one problem where the registry's list shifts.
    ///
    /// ```swift
    /// let entries = elements.compactMap { element in
    ///     element.entry(of: url, noting: &problems) { try Entry(name: $0.neededText("/name")) }
    /// }
    /// ```
    ///
    /// - Parameter url: the document's.
    public func entry<Entry>(
        of url: String, noting problems: inout [Problem], _ make: (JSONValue) throws -> Entry
    ) -> Entry? {
        do {
            return try make(value.get())
        } catch {
            problems.append(problem(of: url, "\(error)"))
            return nil
        }
    }

    private func problem(of url: String, _ reason: String) -> Problem {
        guard case .success(let value) = value else {
            return Problem(.unreadable, at: "\(url), \(place)", "no JSON: \(reason)")
        }
        let told = value.json
        let shown = told.utf8.count > 300 ? told.prefix(200) + "…" : told[...]
        return Problem(.unreadable, at: "\(url), \(place)", "\(reason): \(shown)", key: "\(url) \(key ?? "") \(told)")
    }
}
