import ChecksumDatabase
import TestDatabase
import Testing

@Suite("What GOSUMDB says")
struct DatabaseSettingTests {
    private static let key = SigningKey.testVerifier

    @Test(
        "What GOSUMDB says is a key and an address",
        arguments: [
            ("sum.golang.org", "sum.golang.org+033de0ae", "https://sum.golang.org"),
            (" sum.golang.org\t", "sum.golang.org+033de0ae", "https://sum.golang.org"),
            ("sum.golang.org http://127.0.0.1:8/x/", "sum.golang.org+033de0ae", "http://127.0.0.1:8/x"),
            ("sum.golang.google.cn", "sum.golang.org+033de0ae", "https://sum.golang.google.cn"),
            (DatabaseSetting.knownKey, "sum.golang.org+033de0ae", "https://sum.golang.org"),
            (
                DatabaseSetting.knownKey.replacing("033de0ae", with: "033DE0AE"), "sum.golang.org+033de0ae",
                "https://sum.golang.org"
            ),
            (key, "sum.test+c7fe060c", "https://sum.test"),
            (key + " https://proxy.test/sumdb/sum.test", "sum.test+c7fe060c", "https://proxy.test/sumdb/sum.test"),
        ])
    func reads(text: String, id: String, url: String) throws {
        let setting = try DatabaseSetting(text)
        #expect(setting.key.id == id)
        #expect(setting.url == url)
        #expect(setting.address(of: "latest") == url + "/latest")
    }

    @Test(
        "What GOSUMDB says is refused with the reason",
        arguments: [
            ("", "a checksum database is one word or two: its key, and its address"),
            ("a b c", "a checksum database is one word or two: its key, and its address"),
            ("off", "`off` is no checksum database"),
            ("sum.example", "a key is NAME+HASH+KEY"),
            (key.replacing("c7fe060c", with: "c7fe060d"), "the key's hash is of another name or key"),
            (key.replacing("sum.test", with: "sum.tess"), "the key's hash is of another name or key"),
            (key.replacing("c7fe060c", with: "c7fe06"), "the key's hash is not eight hexadecimal digits"),
            (key.replacing("c7fe060c", with: "c7fe06+c"), "the key's hash is not eight hexadecimal digits"),
            (String(key.dropLast(4)), "the key is no Ed25519 key in base64"),
            (key + " ftp://x", "its address is no http or https address"),
            (key + " http://", "its address is no http or https address"),
            (key + " https:///sum", "its address is no http or https address"),
            (key + " https://sum.test/?a", "its address is no http or https address"),
        ])
    func refuses(text: String, reason: String) {
        #expect(throws: BadSetting(reason: reason)) { try DatabaseSetting(text) }
    }
}

@Suite("The path of a tile")
struct TileTests {
    @Test(
        "The path of a tile is as the database has it",
        arguments: [
            (Tile(.data, 0), "tile/8/data/000"), (Tile(.data, 1_234), "tile/8/data/x001/234"),
            (Tile(.data, 1_234_067, count: 5), "tile/8/data/x001/x234/067.p/5"),
            (Tile(.hashes(0), 999, count: 255), "tile/8/0/999.p/255"), (Tile(.hashes(2), 1_000), "tile/8/2/x001/000"),
        ])
    func isPath(tile: Tile, path: String) {
        #expect(tile.path == path)
    }
}
