/// A module's path: host, owner and name of the lengths, capitals and depths of real ones, told by its number alone.
struct ModuleName {
    private let number: Int
    private var random: SplitMix

    init(_ number: Int) {
        self.number = number
        random = SplitMix(seed: UInt64(number) | 1 << 41)
    }

    /// Appends the path and returns the major version that belongs to it.
    consuming func write(to output: inout LineBuffer) -> Int {
        output.append(host())
        output.append("/")
        writeOwner(to: &output)
        output.append("/")
        output.append(names[random.below(names.count)])
        output.append("-")
        output.append(names[random.below(names.count)])
        if random.below(8) == 0 {
            output.append("/")
            output.append(names[random.below(names.count)])
        }
        guard random.below(12) == 0 else { return random.below(3) == 0 ? 1 : 0 }
        let major = 2 + random.below(6)
        output.append("/v")
        output.append(number: major)
        return major
    }

    private mutating func host() -> StaticString {
        switch random.below(100) {
        case 0..<88: "github.com"
        case 88..<92: "gitlab.com"
        case 92..<94: "bitbucket.org"
        case 94..<96: "gitee.com"
        case 96..<98: "codeberg.org"
        default: "go.example.org"
        }
    }

    /// A word, with a capital in one of eight, and the module's number in base 36: no two paths are equal.
    private mutating func writeOwner(to output: inout LineBuffer) {
        let owners = random.below(8) == 0 ? capitalOwners : owners
        output.append(owners[random.below(owners.count)])
        output.append(base36: number)
    }
}

private let owners: [StaticString] = [
    "acme", "northwind", "cloud", "datalake", "kube", "open", "tiny", "bluefin", "micro", "hyper", "agile", "pixel",
    "the-", "dev", "j", "mk",
]
private let capitalOwners: [StaticString] = ["Azure", "MacroLabs", "DataDog-", "JetSet", "OpenAPI", "IBM-", "aBc", "X"]
private let names: [StaticString] = [
    "toolkit", "client", "parser", "yaml", "http2", "log", "cli", "sdk", "queue", "cache", "go", "x_y", "terraform",
    "provider", "service", "api", "grpc", "operator", "controller", "utils", "proto", "gateway", "auth", "example",
]
