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
    ///     element.entry(of: url, noting: &page) { try Entry(name: $0.neededText("/name")) }
    /// }
    /// ```
    ///
    /// - Parameter url: the document's.
    public func entry<Entry>(
        of url: String, noting problems: inout some ProblemNotes, _ make: (JSONValue) throws -> Entry
    ) -> Entry? {
        do {
            return try make(value.get())
        } catch {
            problems.note(problem(of: url, "\(error)"))
            return nil
        }
    }

    private func problem(of url: String, _ reason: String) -> Problem {
        guard case .success(let value) = value else {
            return Problem(.unreadable, at: "\(url), \(place)", "no JSON: \(reason)")
        }
        let told = value.json
        return Problem(
            .unreadable, at: "\(url), \(place)", "\(reason): \(told.cut(to: 300))",
            key: "\(url) \(key ?? "") \(told.cut(to: 3_000))")
    }
}

extension String {
    /// Its first bytes: a value may be as large as its document.
    fileprivate func cut(to count: Int) -> String {
        utf8.count > count ? String(decoding: utf8.prefix(count), as: UTF8.self) + "…" : self
    }
}
