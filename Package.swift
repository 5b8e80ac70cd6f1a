// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "pkgmine",
    platforms: [.macOS(.v26)],
    targets: [
        .target(name: "PackageMining", swiftSettings: strict),
        .systemLibrary(
            name: "CLibCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CBodyDecoders", pkgConfig: "libbrotlidec",
            providers: [.apt(["zlib1g-dev", "libbrotli-dev", "libzstd-dev"]), .brew(["brotli", "zstd"])]),
        .target(
            name: "RegistrySession", dependencies: ["PackageMining", "CLibCurl", "CBodyDecoders"],
            swiftSettings: strict),
        .testTarget(
            name: "RegistrySessionTests", dependencies: ["RegistrySession", "PackageMining"], swiftSettings: strict),
    ]
)
