import RegistryHTTP
import Testing

@Suite("An address of a network")
struct NetworkAddressTests {
    @Test(
        "An address of a network of a private one, or of this machine, is known in every spelling",
        arguments: [
            "127.0.0.1", "127.1", "0x7f.1", "0x7F000001", "2130706433", "0177.0.0.1", "127.0.0.1.", "0.0.0.0", "0",
            "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.168.257", "169.254.169.254", "100.64.0.1",
            "198.18.0.1", "192.0.0.1", "224.0.0.1", "255.255.255.255", "localhost", "LOCALHOST.", "a.localhost",
            "[::1]",
            "[::]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "[2001::1]", "[2001:db8::1]",
            "127%2e0.0.1", "１２７.0.0.1", "①27.0.0.1", "user:x@127.0.0.1",
        ])
    func isPrivate(host: String) throws {
        for url in ["https://\(host)/x?y", "https://\(host):443", "https://\(host)#x"] {
            #expect(try #require(NetworkAddress(ofHostIn: url)).isPublic == false, "\(url)")
        }
    }

    @Test(
        "An address of a network of the public one is no private one, and a name is no address",
        arguments: [
            "8.8.8.8", "1.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "169.253.0.1", "100.63.0.1", "100.128.0.1",
            "223.255.255.255", "[2606:4700::1111]", "[::ffff:8.8.8.8]", "[64:ff9b::8.8.8.8]", "v.test",
            "127.0.0.1.nip.test",
            "localhost.test", "0x7g.test",
        ])
    func isPublic(host: String) {
        #expect(NetworkAddress(ofHostIn: "https://\(host)/x")?.isPublic != false)
    }
}
