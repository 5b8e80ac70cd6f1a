// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "pkgmine",
    platforms: [.macOS(.v26)],
    targets: [
        .target(name: "PackageMining", swiftSettings: strict),
        .systemLibrary(
            name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .target(name: "ContentDigest", dependencies: ["CLibCrypto"], swiftSettings: strict),
        .testTarget(name: "ContentDigestTests", dependencies: ["ContentDigest"], swiftSettings: strict),
    ]
)
