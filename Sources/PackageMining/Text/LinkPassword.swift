import Foundation

/// The link without the user and password that it names; nil where it names none.
///
/// Registries publish what maintainers wrote, and that may be a secret: `https://user:token@host/x.git`. Lists are meant
/// to be given away. A user alone (`ssh://git@host`) is part of the address, unless it looks like a token.
public func linkWithoutPassword(_ link: String) -> String? {
    guard link.utf8.contains(UInt8(ascii: "@")) else { return nil }
    var shown = ""
    var rest = link[...]
    while let scheme = rest.range(of: "://") {
        let authority = rest[scheme.upperBound...].prefix { !"/?# ".contains($0) }
        shown += rest[..<scheme.upperBound]
        shown += withoutSecret(authority) ?? authority
        rest = rest[authority.endIndex...]
    }
    if shown.isEmpty { return withoutSchemeOrPassword(link) }
    shown += rest
    return shown.utf8.count == link.utf8.count ? nil : shown
}

/// What is behind the last `@` of an authority whose part before that is a secret.
private func withoutSecret(_ authority: Substring) -> Substring? {
    guard let at = authority.lastIndex(of: "@") else { return nil }
    let user = authority[..<at]
    let isSecret = user.contains(":") || user.lowercased().contains("%3a") || tokens.contains { user.hasPrefix($0) }
    return isSecret ? authority[authority.index(after: at)...] : nil
}

/// Beginnings of access tokens, which stand in the place of a user: GitHub's
/// (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats), GitLab's
/// (https://docs.gitlab.com/security/tokens/#token-prefixes), Bitbucket's and Atlassian's.
private let tokens = [
    "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glcbt-", "glptt-", "ATBB", "ATATT",
    "ATCTT",
]

/// `user:token@host.example/x.git`. Words before a colon that are no users stand for themselves: `scm:git@host`.
private func withoutSchemeOrPassword(_ link: String) -> String? {
    let beforePath = link.prefix { !"/?#".contains($0) }
    guard let at = beforePath.lastIndex(of: "@") else { return nil }
    let user = beforePath[..<at].split(separator: ":", omittingEmptySubsequences: false)
    let host = link[link.index(after: at)...]
    guard user.count == 2, user.allSatisfy({ !$0.isEmpty }), host.prefix(while: { !"/:".contains($0) }).contains("."),
        !schemeWords.contains(user[0].lowercased())
    else { return nil }
    return String(host)
}

private let schemeWords: Set = [
    "scm", "git", "svn", "hg", "bzr", "cvs", "ssh", "http", "https", "ftp", "file", "mailto", "github", "gitlab",
    "bitbucket", "gist", "npm", "link",
]
