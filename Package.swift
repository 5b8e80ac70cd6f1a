// swift-tools-version: 6.2
import PackageDescription

/// The plug-ins: the name of a folder in `Plugins/`, and the rooms that it needs beside those that all need.
///
/// This line is all that the manifest wants to know of one: its targets, and who depends on them, are made from it.
let plugins: [(name: String, rooms: [Target.Dependency])] = [
    ("CRAN", ["RecordReaders", "RegistryDocuments"]),
    ("Clojars", ["ContentDigest", "MavenFormats", "RecordReaders", "RegistryDocuments", "RegistryXML"]),
    ("CocoaPods", ["ContentDigest", "RegistryDocuments", "RegistryJSON"]),
    ("Conda", ["RecordReaders", "RegistryDocuments", "RegistryJSON"]),
    ("Crates", ["RecordReaders", "RegistryDocuments", "RegistryJSON"]),
    ("Debian", ["DebianFormats", "RecordReaders", "RegistryDocuments"]),
    ("Go", ["RegistryJSON", "ChecksumDatabase"]),
    ("Hackage", ["RecordReaders", "RegistryDocuments"]),
    ("Hex", ["RecordReaders", "RegistryDocuments", "RegistryJSON"]),
    ("Homebrew", ["RecordReaders", "RegistryDocuments"]),
    ("Julia", ["RecordReaders", "RegistryDocuments", "RegistryTOML"]),
    ("Maven", ["MavenFormats", "RecordReaders", "RegistryDocuments", "RegistryXML"]),
    ("NPM", ["RecordReaders", "RegistryDocuments", "RegistryJSON"]),
    ("NuGet", ["RegistryDocuments", "RegistryJSON", "RegistryXML"]),
    ("NuGetV2", ["RegistryDocuments", "RegistryXML"]),
    ("Packagist", ["RegistryDocuments", "RegistryJSON"]),
    ("Pub", ["RegistryDocuments", "RegistryJSON"]),
    ("PyPI", ["PythonFormats", "RecordReaders", "RegistryDocuments", "RegistryJSON"]),
    ("RPM", ["RegistryDocuments", "RegistryXML", "ContentDigest"]),
    ("RubyGems", ["RecordReaders", "RegistryDocuments"]),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let miners = plugins.map { Target.Dependency.target(name: $0.name + "Miner") }

// On Linux the library lies where compilers look, and its pkg-config file has a flag that SwiftPM warns about.
#if os(macOS)
    let simdjsonPkgConfig: String? = "simdjson"
#else
    let simdjsonPkgConfig: String? = nil
#endif

let package = Package(
    name: "pkgmine",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "pkgmine", targets: ["pkgmine-command"]),
        // For a program that mines, with the library of each ecosystem that it mines: GoMiner, NPMMiner …, below.
        .library(name: "Pkgmine", targets: ["Pkgmine", "PackageMining", "RegistryHTTP"]),
        .library(name: "PackageMining", targets: ["PackageMining"]),
        .library(name: "PkgmineCLI", targets: ["PkgmineCLI", "EcosystemPlugins"]),
        .library(name: "MinerTestKit", targets: ["MinerTestKit"]),
        .library(
            name: "RegistryDocuments",
            targets: [
                "RegistryDocuments", "RecordReaders", "RegistryJSON", "RegistryTOML", "RegistryXML",
                "RepositoryAddresses",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
    ],
    targets: [
        // System libraries.
        .systemLibrary(
            name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CLibSimdJSON", pkgConfig: simdjsonPkgConfig,
            providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]),
        .systemLibrary(
            name: "CLibBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(name: "CLibZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(name: "CLibLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),
        // bzip2 has no pkg-config file of its own.
        .systemLibrary(name: "CLibBZip2", providers: [.apt(["libbz2-dev"]), .brew(["bzip2"])]),
        .systemLibrary(name: "CAllocator"),
        .systemLibrary(name: "CLibZ", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // Rooms: one heavy dependency, one module.
        .target(name: "ContentDigest", dependencies: ["CLibCrypto"]),
        .target(
            name: "ContentInflation", dependencies: ["CLibZ", "CLibZstd", "CLibLZMA", "CLibBZip2", "CLibBrotli"]),
        .target(name: "RegistryXML", dependencies: ["CLibXML2"]),
        .target(name: "RecordReaders"),
        // What Go's checksum database serves: signed heads, tiles, records, and the tree over them. It asks nobody.
        .target(name: "ChecksumDatabase", dependencies: ["ContentDigest"]),
        .target(name: "PackageMining", dependencies: ["ContentDigest", "ContentInflation"]),
        .target(
            name: "RegistryDocuments",
            dependencies: [
                "PackageMining", "RecordReaders", "RegistryJSON", "RegistryXML", "ContentInflation", "ContentDigest",
            ]),
        .target(name: "RegistryHTTP", dependencies: ["PackageMining", "CLibCurl", "ContentInflation"]),
        .target(name: "CRegistryJSON", dependencies: ["CLibSimdJSON"], linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "RegistryJSON", dependencies: ["CRegistryJSON", "RecordReaders"]),
        .target(name: "RegistryTOML", dependencies: ["RecordReaders"]),
        // What Maven's files say, as Maven reads them: POMs, versions, the records of an index. It asks nobody.
        .target(name: "MavenFormats", dependencies: ["PackageMining", "RegistryXML", "RecordReaders"]),
        // What Debian's archives say, as dpkg and apt read it: versions, and the index of a suite.
        .target(
            name: "DebianFormats",
            dependencies: ["PackageMining", "RecordReaders", "RegistryDocuments", "ContentDigest"]),
        // What a Python index says, and where pip looks for one, as Python's own tools read it. It asks nobody.
        .target(
            name: "PythonFormats",
            dependencies: ["PackageMining", "RecordReaders", "RegistryDocuments", "RegistryJSON", "ContentDigest"]),
        .target(
            name: "MiningStore",
            dependencies: [
                "PackageMining",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        // What an address names. It knows hosts, and no ecosystem.
        .target(name: "RepositoryAddresses"),
        .target(name: "PackageStudies", dependencies: ["PackageMining", "ContentInflation", "RepositoryAddresses"]),
        .target(name: "Pkgmine", dependencies: ["PackageMining", "RegistryHTTP", "MiningStore"]),
        .target(name: "CStandardStreams"),
        .target(name: "EcosystemPlugins", dependencies: ["PackageMining", argumentParser]),
        // Writes the list of the plug-ins that PkgmineCLI depends on.
        .executableTarget(name: "list-ecosystems"),
        .plugin(
            name: "ListEcosystems", capability: .buildTool(), dependencies: ["list-ecosystems"],
            path: "Sources/ListEcosystems"),
        .target(
            name: "PkgmineCLI",
            dependencies: [
                "CStandardStreams", "EcosystemPlugins", "Pkgmine",
                "PackageMining", "RegistryHTTP", "MiningStore", "PackageStudies",
                argumentParser,
                .product(name: "Logging", package: "swift-log"),
            ] + miners,
            plugins: ["ListEcosystems"]),
        // Of another name than the library: to many disks `pkgmine` and `Pkgmine` are one file.
        .executableTarget(name: "pkgmine-command", dependencies: ["PkgmineCLI"]),

        // For whoever writes a miner.
        .target(
            name: "MinerTestKit",
            // The conformance suite holds a miner to what comes of it through the real session and the real store.
            dependencies: [
                "PackageMining", "RegistryHTTP", "MiningStore", "ContentDigest", "ContentInflation", "CLibZ",
                "CAllocator",
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ]),

        // Benchmarks: what they measure is told in Tests/Benchmarks/README.md.
        .executableTarget(name: "bench-generate", path: "Tests/Benchmarks/Generator"),
        .executableTarget(name: "bench-index-server", path: "Tests/Benchmarks/IndexServer"),
        .executableTarget(
            name: "bench-bare-loop", dependencies: ["CLibCurl"], path: "Tests/Benchmarks/BareLoop",
            linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(
            name: "bench-index-reader", dependencies: ["ContentInflation", "MavenFormats"],
            path: "Tests/Benchmarks/IndexReader"),
        .executableTarget(
            name: "bench-records", dependencies: ["RecordReaders", "RegistryDocuments", "RegistryJSON"],
            path: "Tests/Benchmarks/Records"),
        .executableTarget(
            name: "bench-bare-json", dependencies: ["CLibSimdJSON"], path: "Tests/Benchmarks/BareJSON",
            linkerSettings: [.linkedLibrary("simdjson")]),
        .executableTarget(name: "bench-xml", dependencies: ["RegistryXML"], path: "Tests/Benchmarks/XML"),

        // Tests mirror the targets.
        .target(
            name: "MinerHarness", dependencies: ["PackageMining", "MiningStore", "RecordReaders"],
            path: "Tests/MinerHarness"),
        // A module index and a module proxy: what tests, benchmarks and the demo mine.
        .target(name: "GoRegistryFixture", dependencies: ["MinerTestKit", "PackageMining"], path: "Tests/GoRegistry"),
        .executableTarget(
            name: "loopback-registry",
            dependencies: ["GoRegistryFixture", "MinerTestKit", "PackageMining", argumentParser],
            path: "Tests/LoopbackRegistry"),
        .target(name: "AttackLog", path: "Tests/AttackLog"),
        .target(name: "CSpawn", path: "Tests/CSpawn"),
        .target(name: "MachineTools", dependencies: ["CSpawn"], path: "Tests/MachineTools"),
        .target(name: "TLSFront", dependencies: ["MachineTools"], path: "Tests/TLSFront"),
        // A checksum database of tests.
        .target(
            name: "TestDatabase", dependencies: ["CLibCrypto", "ContentDigest", "MinerTestKit", "PackageMining"],
            path: "Tests/TestDatabase"),
        .testTarget(name: "ContentDigestTests", dependencies: ["ContentDigest"]),
        .testTarget(
            name: "ChecksumDatabaseTests",
            dependencies: [
                "ChecksumDatabase", "ContentDigest", "GoMiner", "MachineTools", "MinerHarness", "MinerTestKit",
                "PackageMining", "TestDatabase",
            ]),
        .testTarget(name: "ContentInflationTests", dependencies: ["ContentInflation", "MinerTestKit"]),
        .testTarget(
            name: "RecordReadersTests",
            dependencies: ["RecordReaders", "ContentInflation", "MinerHarness", "MinerTestKit"]),
        .testTarget(name: "RegistryJSONTests", dependencies: ["RegistryJSON", "RecordReaders", "MinerHarness"]),
        .testTarget(name: "RegistryTOMLTests", dependencies: ["RegistryTOML", "RecordReaders", "MinerHarness"]),
        .testTarget(name: "RegistryXMLTests", dependencies: ["RegistryXML"]),
        .testTarget(
            name: "RegistryDocumentsTests",
            dependencies: [
                "RegistryDocuments", "RecordReaders", "RegistryJSON", "RegistryTOML", "RegistryXML", "ContentDigest",
                "PackageMining", "MinerHarness", "MinerTestKit",
            ]),
        // What `make ecosystem` writes. Its tests are compiled and not run: they fail until they are filled in.
        .target(
            name: "EcosystemTemplates",
            dependencies: ["EcosystemPlugins", "PackageMining", "RecordReaders", "RegistryDocuments", argumentParser],
            path: "Tests/EcosystemTemplates/Miners"),
        .target(
            name: "EcosystemTemplateChecks",
            dependencies: ["EcosystemTemplates", "MinerHarness", "MinerTestKit", "PackageMining"],
            path: "Tests/EcosystemTemplates/Tests"),
        .testTarget(
            name: "HouseTests",
            dependencies: [
                "EcosystemPlugins", "EcosystemTemplates", "MinerHarness", "MachineTools", "MinerTestKit",
                "PackageMining", "Pkgmine", "PkgmineCLI",
                argumentParser,
            ]),
        .testTarget(
            name: "MiningRunTests",
            dependencies: ["PackageMining", "MiningStore", "MinerHarness", "MinerTestKit"]),
        .testTarget(
            name: "MiningStoreTests",
            dependencies: ["MiningStore", "PackageMining", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "RegistryHTTPTests",
            dependencies: ["MachineTools", "MinerTestKit", "RegistryHTTP", "PackageMining", "TLSFront"]),
        .testTarget(
            name: "MinerTestKitTests",
            dependencies: [
                "MinerTestKit", "RegistryHTTP", "ContentInflation", .product(name: "FlyingSocks", package: "FlyingFox"),
            ]),
        .testTarget(
            name: "PackageStudiesTests",
            dependencies: [
                "FuzzProperties", "MachineTools", "PackageStudies", "PackageMining", "RepositoryAddresses",
            ]),
        .testTarget(name: "PythonFormatsTests", dependencies: ["PythonFormats"]),
        .testTarget(name: "RepositoryAddressesTests", dependencies: ["FuzzProperties", "RepositoryAddresses"]),
        .testTarget(name: "GoRegistryTests", dependencies: ["GoRegistryFixture", "MinerTestKit", "PackageMining"]),
        .target(
            name: "FuzzProperties",
            dependencies: [
                "ChecksumDatabase", "GoMiner", "MavenFormats", "MavenMiner", "MiningStore", "PackageMining",
                "PackageStudies", "RecordReaders", "RegistryDocuments", "RegistryHTTP", "RegistryJSON", "RegistryTOML",
                "RegistryXML", "RepositoryAddresses",
            ],
            path: "Tests/FuzzProperties"),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["AttackLog", "FuzzProperties", "MinerTestKit", "MiningStore", "PackageMining"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "GoRegistryFixture", "MinerHarness", "MinerTestKit", "PackageMining", "RegistryDocuments",
                "RegistryHTTP", "ContentDigest",
            ] + miners),
        .testTarget(
            name: "WholeRunTests",
            dependencies: [
                "AttackLog", "GoMiner", "GoRegistryFixture", "MinerTestKit", "MiningStore", "PackageMining",
                "RegistryHTTP",
            ]),
        .testTarget(
            name: "PkgmineTests",
            dependencies: [
                "CratesMiner", "GoMiner", "GoRegistryFixture", "MinerTestKit", "PackageMining", "Pkgmine",
                "RegistryHTTP",
            ]),
        // The example of another author's program, which is a package of its own too.
        .executableTarget(
            name: "trends", dependencies: ["GoMiner", "Pkgmine"], path: "Tests/OutsideProgram/Sources/trends"),
        .executableTarget(
            name: "added-tool", dependencies: ["EcosystemPlugins", "PackageMining", "PkgmineCLI", argumentParser],
            path: "Tests/AddedTool"),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "AttackLog", "ContentDigest", "GoRegistryFixture", "MachineTools", "MinerTestKit", "PackageMining",
                "TLSFront", "TestDatabase", "added-tool", "list-ecosystems", "pkgmine-command",
                "trends",
            ]),
    ],
    cxxLanguageStandard: .cxx17
)

// A room for each plug-in, a library of it, and a room for its tests.
let neededByMiners: [Target.Dependency] = ["PackageMining", "EcosystemPlugins", argumentParser]
let neededByTheirTests: [Target.Dependency] = ["MachineTools", "PackageMining", "MinerHarness", "MinerTestKit"]
for (plugin, miner) in zip(plugins, miners) {
    let name = plugin.name + "Miner"
    package.products.append(.library(name: name, targets: [name]))
    package.targets.append(
        .target(name: name, dependencies: neededByMiners + plugin.rooms, path: "Plugins/" + plugin.name))
    package.targets.append(
        .testTarget(name: name + "Tests", dependencies: neededByTheirTests + plugin.rooms + [miner]))
}

// libFuzzer brings the main function, so this one is built by `make fuzz` alone.
if Context.environment["PKGMINE_FUZZER"] != nil {
    package.targets.append(
        .executableTarget(name: "fuzzer", dependencies: ["FuzzProperties"], path: "Tests/Fuzzer"))
}

for target in package.targets where ![.system, .plugin].contains(target.type) {
    target.swiftSettings = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    // What is tested is what the optimiser made; what tests it need not be, and would take twice as long to build.
    if target.type == .test {
        target.swiftSettings?.append(.unsafeFlags(["-Onone"], .when(configuration: .release)))
    }
}
