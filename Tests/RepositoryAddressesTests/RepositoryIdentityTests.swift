import FuzzProperties
import RepositoryAddresses
import Testing

@Suite struct RepositoryIdentityTests {
    @Test(
        "an address names its repository, or says why it names none",
        arguments: AddressTable.repositories + AddressTable.none)
    func meaning(row: AddressTable.Row) {
        #expect(Self.judged(row.address) == row.meaning)
    }

    @Test("the canonical form of a canonical form is itself", arguments: AddressTable.repositories)
    func idempotent(row: AddressTable.Row) {
        #expect(Self.judged(row.meaning) == row.meaning)
    }

    @Test("all spellings of a repository are one", arguments: SpellingTable.groups)
    func spellings(group: SpellingTable.Group) {
        for spelling in group.spellings + [group.canonical] {
            #expect(Self.judged(spelling) == group.canonical, "\(spelling)")
        }
    }

    @Test("different repositories stay different, or are not understood", arguments: SpellingTable.apart)
    func apart(one: String, other: String) {
        let (one, other) = (Self.judged(one), Self.judged(other))
        #expect(one != other || NoRepository(rawValue: one) != nil, "both are \(one)")
    }

    @Test("an address of more than 8 KiB is too long, and one of 8 KiB is not")
    func length() {
        let start = "https://code.example.org/"
        let long = start + String(repeating: "a", count: 8192 - start.utf8.count - 4) + ".git"
        #expect(Self.judged(long) == long)
        #expect(Self.judged(long + "x") == "too long")
        #expect(Self.judged(long + " " + String(repeating: "x", count: 10000)) == long)
        #expect(Self.judged("https://" + String(repeating: "a.", count: 40000) + "com/x/y.git") == "too long")
        #expect(Self.judged("https://" + String(repeating: "a.", count: 127) + "com/x/y.git") == "malformed address")
    }

    @Test("host, owner, name and directory are told apart")
    func parts() throws {
        let nested = try RepositoryIdentity(of: "https://gitlab.com/G/s/anvil/-/tree/main/doc/en")
        #expect(
            [nested.host, nested.owner, nested.name, nested.directory ?? ""] == [
                "gitlab.com", "g/s", "anvil", "doc/en",
            ])
        let pip = try RepositoryIdentity(of: "git+https://github.com/u/r.git@v1#egg=x&subdirectory=py/x")
        #expect([pip.owner, pip.name, pip.directory ?? ""] == ["u", "r", "py/x"])
        let debian = try RepositoryIdentity(of: "https://salsa.debian.org/t/x.git -b main [sub]")
        #expect([debian.owner, debian.name, debian.directory ?? ""] == ["t", "x", "sub"])
        let ported = try RepositoryIdentity(of: "https://h.example.org:8443/a/b/r.git/tree/x")
        #expect([ported.host, ported.owner, ported.name] == ["h.example.org:8443", "a/b", "r"])
        #expect(ported.raw == "https://h.example.org:8443/a/b/r.git/tree/x")
        #expect(ported.directory == nil)
    }

    @Test(
        "an inference is labelled, and off unless asked for",
        arguments: [
            ("https://ann.github.io/anvil/docs", "https://github.com/ann/anvil", Inference.pages),
            ("https://ann.github.io", "https://github.com/ann/ann.github.io", .pages),
            ("https://raw.githubusercontent.com/ann/anvil/main/x", "https://github.com/ann/anvil", .rawFile),
            ("https://api.github.com/repos/ann/anvil/tags", "https://github.com/ann/anvil", .archive),
            ("https://travis-ci.org/ann/anvil", "https://github.com/ann/anvil", .badge),
            ("https://img.shields.io/github/license/ann/anvil", "https://github.com/ann/anvil", .badge),
            ("https://pkg.go.dev/github.com/ann/anvil", "https://github.com/ann/anvil", .documentation),
            ("https://gopkg.in/yaml.v3", "https://github.com/go-yaml/yaml", .vanity),
            ("https://gopkg.in/ann/anvil.v2", "https://github.com/ann/anvil", .vanity),
            ("https://golang.org/x/text", "https://go.googlesource.com/text", .vanity),
            ("ann/anvil", "https://github.com/ann/anvil", .shorthand),
            ("https://git.example.org/ann/anvil", "https://git.example.org/ann/anvil.git", .hostName),
        ])
    func inference(address: String, canonical: String, label: Inference) throws {
        #expect(throws: NoRepository.self) { try RepositoryIdentity(of: address) }
        let inferred = try RepositoryIdentity(of: address, inferring: true)
        #expect(inferred.canonical == canonical)
        #expect(inferred.inference == label)
    }

    static func judged(_ address: String) -> String {
        do {
            return try RepositoryIdentity(of: address, shorthand: .means("github.com")).canonical
        } catch {
            return error.rawValue
        }
    }
}

/// What must hold of any bytes at all.
@Suite struct RepositoryIdentityProperties {
    @Test(
        "Mutated addresses name hosts of the input only, or known ones, and are canonical once.", arguments: 0..<8)
    func mutations(seed: Int) throws {
        var draw = SplitMix(state: UInt64(seed) &+ 1)
        let all = (AddressTable.repositories + AddressTable.none).map(\.address)
        var understood = 0
        for _ in 0..<20000 {
            let address = draw.mutated(all[draw.below(all.count)], all[draw.below(all.count)])
            if try isUnderstood(address, inferring: draw.below(4) == 0) { understood += 1 }
        }
        #expect(understood > 3000)
    }

    /// Checks what an address is understood as; false where it names no repository.
    private func isUnderstood(_ address: String, inferring: Bool) throws -> Bool {
        let found: RepositoryIdentity
        do {
            found = try RepositoryIdentity(of: address, shorthand: .means("github.com"), inferring: inferring)
        } catch {
            return false
        }
        if found.inference != .hostName {
            let again = try RepositoryIdentity(of: found.canonical)
            #expect(again.canonical == found.canonical, "\(address.debugDescription)")
        }
        let host = found.host.split(separator: ":").first.map(String.init) ?? ""
        let isNamed = found.inference != nil || Self.knownHosts.contains(host) || decoded(address).contains(host)
        #expect(isNamed, "\(host) of \(address.debugDescription)")
        return true
    }

    private static let knownHosts = [
        "github.com", "gitlab.com", "bitbucket.org", "dev.azure.com", "git.launchpad.net", "sourceforge.net",
        "codeberg.org", "gitee.com", "git.sr.ht", "code.launchpad.net", "git.code.sf.net", "git.savannah.gnu.org",
        "git.kernel.org", "repo.or.cz",
    ]

    /// The address in lower case, with what stands for a character in a URL as that character, as far as it does.
    private func decoded(_ address: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(address.utf8)[...]
        while let first = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if first == UInt8(ascii: "%"), digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(first)
            }
        }
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }
}
