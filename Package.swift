// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "pkgmine",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    ],
    targets: [
        .target(name: "PackageMining", swiftSettings: strict),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(
            name: "MinerTestKit",
            dependencies: ["PackageMining", "CZlib", .product(name: "FlyingSocks", package: "FlyingFox")],
            swiftSettings: strict),
        .executableTarget(
            name: "loopback-registry",
            dependencies: [
                "MinerTestKit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MinerTestKitTests",
            dependencies: ["MinerTestKit", "CZlib", .product(name: "FlyingSocks", package: "FlyingFox")],
            swiftSettings: strict),
    ]
)
