import PackageMining
import Testing

@Suite("A password in a link")
struct LinkPasswordTests {
    @Test(
        "A password in a link is left out, with its user",
        arguments: [
            ("https://user:token@git.example.org/team/a.git", "https://git.example.org/team/a.git"),
            ("https://user:p@ss@git.example.org/a", "https://git.example.org/a"),
            ("https://user:@git.example.org/a", "https://git.example.org/a"),
            ("https://user%3Atoken@git.example.org/a", "https://git.example.org/a"),
            ("scm:git:https://user:token@git.example.org/a.git", "scm:git:https://git.example.org/a.git"),
            ("git+ssh://git:secret@host.example/a", "git+ssh://host.example/a"),
            ("https://ghp_abc123@github.com/o/r", "https://github.com/o/r"),
            ("https://glpat-abc@gitlab.com/o/r.git", "https://gitlab.com/o/r.git"),
            ("user:token@git.example.org/o/r.git", "git.example.org/o/r.git"),
            ("user:token@git.example.org:o/r.git", "git.example.org:o/r.git"),
            ("https://a.test/?u=https://user:pw@b.test/x", "https://a.test/?u=https://b.test/x"),
            ("https://a:b@c.test https://d:e@f.test/g", "https://c.test https://f.test/g"),
        ])
    func isLeftOut(link: String, shown: String) {
        #expect(linkWithoutPassword(link) == shown)
    }

    @Test(
        "A password in a link is not seen where there is none",
        arguments: [
            "https://github.com/o/r", "ssh://git@github.com/o/r", "git@github.com:o/r.git",
            "scm:git:git@github.com:o/r.git", "https://org@dev.azure.com/org/_git/r", "https://medium.com/@user/a:b",
            "https://a.test/x?y=a:b@c.d", "https://host:8443/o/r@v1", "mailto:someone@example.org", "", "@", ":@",
            "someone@example.org", "svn:user@host.example/x", "ssh://git@host:7999/key/repo.git",
        ])
    func isNotSeen(link: String) {
        #expect(linkWithoutPassword(link) == nil)
    }
}
