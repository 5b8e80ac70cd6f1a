// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "crumbs",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "pkgmine", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "crumbs",
            dependencies: [
                .product(name: "PackageMining", package: "pkgmine"),
                .product(name: "PkgmineCLI", package: "pkgmine"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "CrumbTests",
            dependencies: [
                "crumbs",
                .product(name: "PackageMining", package: "pkgmine"),
                .product(name: "MinerTestKit", package: "pkgmine"),
            ]),
    ]
)
