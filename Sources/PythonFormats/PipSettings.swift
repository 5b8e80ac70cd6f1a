import RecordReaders

/// Where pip itself looks for its index (https://pip.pypa.io/en/stable/topics/configuration/).
package struct PipSettings {
    private let variable: (_ name: String) -> String?
    private let file: (_ path: String) -> [UInt8]?

    /// - Parameters:
    ///   - variable: the value of an environment variable; nil where it has none or an empty one.
    ///   - file: what a file holds; nil where there is none that can be read.
    package init(variable: @escaping (String) -> String?, file: @escaping (String) -> [UInt8]?) {
        (self.variable, self.file) = (variable, file)
    }

    /// The address that pip would use, as far as it was told one. Of several files the later one holds, though it
    /// says nothing; one that cannot be opened is passed over.
    ///
    /// - Throws: for a file that is not of pip's format.
    package var indexURL: String? {
        get throws {
            if let url = variable("PIP_INDEX_URL") { return url }
            var url = ""
            for path in files {
                guard let bytes = file(path) else { continue }
                do { url = try INIFile(bytes).indexURL ?? url } catch {
                    throw RecordError(at: "pip's configuration \(path)", "\(error)")
                }
            }
            return url.isEmpty ? nil : url
        }
    }

    /// The site's, the user's, that of the virtual environment, and the one that a variable names: in the place of the
    /// user's, or, as /dev/null, of all.
    private var files: [String] {
        let named = variable("PIP_CONFIG_FILE")
        if named == "/dev/null" { return [] }
        let home = variable("HOME")
        let site = (variable("XDG_CONFIG_DIRS") ?? "/etc/xdg").split(separator: ":").map { "\($0)/pip" }
        let user = variable("XDG_CONFIG_HOME") ?? home.map { $0 + "/.config" }
        let users = named.flatMap(file) == nil ? [home.map { $0 + "/.pip" }, user.map { $0 + "/pip" }] : []
        let virtual = variable("VIRTUAL_ENV") ?? variable("CONDA_PREFIX")
        let folders = site + ["/etc"] + users.compactMap(\.self) + [virtual].compactMap(\.self)
        return folders.map { $0 + "/pip.conf" } + [named].compactMap(\.self)
    }
}

extension INIFile {
    /// pip takes `index_url` and `--index-url` for the same.
    fileprivate var indexURL: String? {
        let told = self["global"].first { option in
            let name = option.key.replacing("_", with: "-")
            return (name.hasPrefix("--") ? String(name.dropFirst(2)) : name) == "index-url"
        }
        return told.map { String($0.value.trimmingPrefix { $0.isWhitespace }) }
    }
}
