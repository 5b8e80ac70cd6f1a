public import PackageMining
public import RegistryJSON

extension Response {
    /// The page of a list by key that an answer with status 200 holds as an array in JSON.
    ///
    /// A row that cannot be read is noted, and those beside it stand. It is one problem, on whichever page it is met.
    ///
    /// - Parameters:
    ///   - rows: where the array stands; empty where the document is it.
    ///   - make: what a row tells; see ``KeysetPage/append(at:name:key:_:)``.
    public func keysetPage<Key>(
        of rows: String = "", _ make: (JSONValue) throws -> (key: Key, name: String, release: Release)
    ) throws -> KeysetPage<Key> {
        guard let elements = try json(having: .array(rows)).elements(at: rows) else {
            throw malformed("no list of packages")
        }
        let list = String(url.prefix { $0 != "?" })
        var page = KeysetPage<Key>()
        for element in elements {
            if let row = element.entry(of: list, noting: &page, make) {
                page.append(at: row.key, name: row.name, row.release)
            }
        }
        return page
    }
}
