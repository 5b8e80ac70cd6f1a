/// The repository that follows from a module path alone; nil where none does.
///
/// Code hosts by their first segments, gopkg.in by its rule (https://labix.org/gopkg.in), golang.org/x by its site.
func repositoryByPath(_ path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let host = parts.first, path.utf8.allSatisfy({ $0 < 128 }) else { return nil }
    switch host {
    case "github.com", "gitlab.com", "bitbucket.org":
        return parts.count >= 3 ? "https://\(parts[0])/\(parts[1])/\(parts[2])" : nil
    case "golang.org":
        return parts.count >= 3 && parts[1] == "x" ? "https://go.googlesource.com/\(parts[2])" : nil
    case "gopkg.in":
        let name = parts.last?.prefix { $0 != "." } ?? ""
        if parts.count == 2 { return "https://github.com/go-\(name)/\(name)" }
        return parts.count == 3 ? "https://github.com/\(parts[1])/\(name)" : nil
    default:
        return nil
    }
}
