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
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0")
    ],
    targets: [
        // System libraries.
        .systemLibrary(
            name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CLibSimdJSON", pkgConfig: simdjsonPkgConfig,
            providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]),

        // Rooms: one heavy dependency, one module.
        .target(name: "ContentDigest", dependencies: ["CLibCrypto"], swiftSettings: strict),
        .target(name: "PackageMining", dependencies: ["ContentDigest"], swiftSettings: strict),
        .target(
            name: "CRegistryJSON", dependencies: ["CLibSimdJSON"], linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "RegistryJSON", dependencies: ["CRegistryJSON"], swiftSettings: strict),
        .target(
            name: "MiningStore",
            dependencies: [
                "PackageMining",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),

        // Plug-ins: one registry each.
        .target(
            name: "GoMiner", dependencies: ["PackageMining", "RegistryJSON"], path: "Plugins/Go",
            swiftSettings: strict),

        // Tests mirror the targets.
        .testTarget(
            name: "MiningRunTests", dependencies: ["PackageMining", "MiningStore"], swiftSettings: strict),
        .testTarget(name: "GoMinerTests", dependencies: ["GoMiner"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
