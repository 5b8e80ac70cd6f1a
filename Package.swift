// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

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
        .executable(name: "pkgmine", targets: ["pkgmine"]),
        .library(name: "PackageMining", targets: ["PackageMining"]),
        .library(name: "PkgmineCLI", targets: ["PkgmineCLI"]),
        .library(name: "MinerTestKit", targets: ["MinerTestKit"]),
        .library(
            name: "RegistryDocuments", targets: ["RegistryDocuments", "RecordReaders", "RegistryJSON", "RegistryXML"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
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
            name: "CBodyDecoders", pkgConfig: "libbrotlidec",
            providers: [.apt(["zlib1g-dev", "libbrotli-dev", "libzstd-dev"]), .brew(["brotli", "zstd"])]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(name: "CLibZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(name: "CLibLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),
        // bzip2 has no pkg-config file of its own.
        .systemLibrary(name: "CLibBZip2", providers: [.apt(["libbz2-dev"]), .brew(["bzip2"])]),
        .systemLibrary(name: "CAllocator"),
        .systemLibrary(name: "CLibZ", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // Rooms: one heavy dependency, one module.
        .target(name: "ContentDigest", dependencies: ["CLibCrypto"], swiftSettings: strict),
        .target(
            name: "ContentInflation", dependencies: ["CLibZ", "CLibZstd", "CLibLZMA", "CLibBZip2"],
            swiftSettings: strict),
        .target(name: "RegistryXML", dependencies: ["CLibXML2"], swiftSettings: strict),
        .target(name: "RecordReaders", swiftSettings: strict),
        .target(name: "PackageMining", dependencies: ["ContentDigest"], swiftSettings: strict),
        .target(
            name: "RegistryDocuments",
            dependencies: [
                "PackageMining", "RecordReaders", "RegistryJSON", "RegistryXML", "ContentInflation", "ContentDigest",
            ],
            swiftSettings: strict),
        .target(
            name: "RegistrySession", dependencies: ["PackageMining", "CLibCurl", "CBodyDecoders"],
            swiftSettings: strict),
        .target(
            name: "CRegistryJSON", dependencies: ["CLibSimdJSON"], linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "RegistryJSON", dependencies: ["CRegistryJSON"], swiftSettings: strict),
        // What Maven's files say, as Maven reads them: POMs, versions, the records of an index. It asks nobody.
        .target(
            name: "MavenFormats", dependencies: ["PackageMining", "RegistryXML", "RecordReaders"],
            swiftSettings: strict),
        .target(
            name: "MiningStore",
            dependencies: [
                "PackageMining",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "PackageStudies", dependencies: ["PackageMining", "ContentInflation"], swiftSettings: strict),
        .target(name: "CStandardStreams"),
        .target(
            name: "PkgmineCLI",
            dependencies: [
                "CStandardStreams",
                "PackageMining", "RegistrySession", "MiningStore", "PackageStudies", "GoMiner", "MavenMiner",
                "NuGetMiner", "RPMMiner",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "pkgmine", dependencies: ["PkgmineCLI"], swiftSettings: strict),

        // For whoever writes a miner.
        .target(
            name: "MinerTestKit",
            // The conformance suite holds a miner to what comes of it through the real session and the real store.
            dependencies: [
                "PackageMining", "RegistrySession", "MiningStore", "CLibZ", "CAllocator",
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "loopback-registry",
            dependencies: [
                "MinerTestKit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Plug-ins: one registry each.
        .target(
            name: "GoMiner", dependencies: ["PackageMining", "RegistryJSON"], path: "Plugins/Go",
            swiftSettings: strict),

        .target(
            name: "MavenMiner", dependencies: ["PackageMining", "MavenFormats", "RegistryXML", "ContentInflation"],
            path: "Plugins/Maven", swiftSettings: strict),
        .target(
            name: "NuGetMiner", dependencies: ["PackageMining", "RegistryDocuments", "RegistryJSON", "RegistryXML"],
            path: "Plugins/NuGet", swiftSettings: strict),
        .target(
            name: "RPMMiner", dependencies: ["PackageMining", "RegistryDocuments", "RegistryXML", "ContentDigest"],
            path: "Plugins/RPM", swiftSettings: strict),

        // Benchmarks: what they measure is told in Tests/Benchmarks/README.md.
        .executableTarget(name: "bench-generate", path: "Tests/Benchmarks/Generator", swiftSettings: strict),
        .executableTarget(name: "bench-index-server", path: "Tests/Benchmarks/IndexServer"),
        .executableTarget(
            name: "bench-bare-loop", dependencies: ["CLibCurl"], path: "Tests/Benchmarks/BareLoop",
            linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(
            name: "bench-index-reader", dependencies: ["ContentInflation", "MavenFormats"],
            path: "Tests/Benchmarks/IndexReader", swiftSettings: strict),
        .executableTarget(
            name: "bench-xml", dependencies: ["RegistryXML"], path: "Tests/Benchmarks/XML", swiftSettings: strict),

        // Tests mirror the targets.
        .target(
            name: "MinerHarness", dependencies: ["PackageMining", "MiningStore"], path: "Tests/MinerHarness",
            swiftSettings: strict),
        .target(name: "AttackLog", path: "Tests/AttackLog", swiftSettings: strict),
        .target(name: "TLSFront", path: "Tests/TLSFront", swiftSettings: strict),
        .testTarget(name: "ContentDigestTests", dependencies: ["ContentDigest"], swiftSettings: strict),
        .testTarget(
            name: "ContentInflationTests", dependencies: ["ContentInflation", "CLibZ"], swiftSettings: strict),
        .testTarget(
            name: "RecordReadersTests", dependencies: ["RecordReaders", "ContentInflation"],
            swiftSettings: strict),
        .testTarget(name: "RegistryXMLTests", dependencies: ["RegistryXML"], swiftSettings: strict),
        .testTarget(
            name: "RegistryDocumentsTests",
            dependencies: [
                "RegistryDocuments", "RecordReaders", "RegistryJSON", "RegistryXML", "ContentDigest", "PackageMining",
                "MinerHarness",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RPMMinerTests", dependencies: ["RPMMiner", "MinerHarness", "ContentDigest"], swiftSettings: strict),
        .testTarget(
            name: "NuGetMinerTests", dependencies: ["NuGetMiner", "MinerHarness", "PackageMining"],
            swiftSettings: strict),
        .testTarget(
            name: "MavenMinerTests",
            dependencies: ["MavenMiner", "MavenFormats", "MinerHarness", "MinerTestKit", "ContentInflation"],
            swiftSettings: strict),
        .testTarget(
            name: "HouseTests",
            dependencies: [
                "MinerTestKit", "PkgmineCLI", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MiningRunTests",
            dependencies: ["PackageMining", "MiningStore", "MinerHarness", "MinerTestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "MiningStoreTests",
            dependencies: ["MiningStore", "PackageMining", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "RegistrySessionTests", dependencies: ["RegistrySession", "PackageMining", "TLSFront"],
            swiftSettings: strict),
        .testTarget(
            name: "MinerTestKitTests",
            dependencies: ["MinerTestKit", "CLibZ", .product(name: "FlyingSocks", package: "FlyingFox")],
            swiftSettings: strict),
        .testTarget(
            name: "PackageStudiesTests", dependencies: ["FuzzProperties", "PackageStudies", "PackageMining"],
            swiftSettings: strict),
        .target(
            name: "FuzzProperties",
            dependencies: [
                "GoMiner", "MavenFormats", "MavenMiner", "MiningStore", "PackageMining", "PackageStudies",
                "RecordReaders", "RegistrySession", "RegistryXML",
            ],
            path: "Tests/FuzzProperties", swiftSettings: strict),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["AttackLog", "FuzzProperties", "MinerTestKit", "MiningStore", "PackageMining"],
            swiftSettings: strict),
        .testTarget(name: "GoMinerTests", dependencies: ["GoMiner"], swiftSettings: strict),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "MinerTestKit", "PackageMining", "GoMiner", "MavenMiner", "NuGetMiner", "RPMMiner", "ContentDigest",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WholeRunTests",
            dependencies: [
                "AttackLog", "GoMiner", "MinerTestKit", "MiningStore", "PackageMining", "RegistrySession",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["AttackLog", "ContentDigest", "MinerTestKit", "PackageMining", "TLSFront", "pkgmine"],
            swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)

// libFuzzer brings the main function, so this one is built by `make fuzz` alone.
if Context.environment["PKGMINE_FUZZER"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzzer", dependencies: ["FuzzProperties"], path: "Tests/Fuzzer", swiftSettings: strict))
}
