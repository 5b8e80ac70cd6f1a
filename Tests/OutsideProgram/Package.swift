// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "trends",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "pkgmine", path: "../..")],
    targets: [
        .executableTarget(
            name: "trends",
            dependencies: [
                .product(name: "Pkgmine", package: "pkgmine"),
                .product(name: "GoMiner", package: "pkgmine"),
            ])
    ]
)
