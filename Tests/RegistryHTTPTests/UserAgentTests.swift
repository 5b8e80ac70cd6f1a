import RegistryHTTP
import Testing

@Suite("The User-Agent")
struct UserAgentTests {
    @Test(
        "The User-Agent tells the tool and its version, and in brackets what is known of whom to talk to",
        arguments: [
            (nil, nil, "pkgmine/1.0"),
            (nil, "you@example.org", "pkgmine/1.0 (you@example.org)"),
            ("https://example.org/pkgmine", nil, "pkgmine/1.0 (+https://example.org/pkgmine)"),
            (
                "https://example.org/pkgmine", "you@example.org",
                "pkgmine/1.0 (+https://example.org/pkgmine; you@example.org)"
            ),
            (nil, "you\r\nHost: elsewhere", "pkgmine/1.0 (youHost: elsewhere)"),
        ])
    func tells(projectURL: String?, contact: String?, text: String) {
        let configuration = CurlSession.Configuration(version: "1.0", projectURL: projectURL, contact: contact)
        #expect(configuration.userAgent == text)
    }
}
