// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "pkgmine",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
    ],
    targets: [
        .target(name: "PackageMining", swiftSettings: strict),
        .systemLibrary(name: "CLibZ", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "PackageStudies", dependencies: ["PackageMining", "CLibZ"], swiftSettings: strict),
        .target(
            name: "PkgmineCLI",
            dependencies: ["PackageMining", "PackageStudies", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: strict),
        .executableTarget(name: "TryStudies", dependencies: ["PkgmineCLI"], swiftSettings: strict),
        .testTarget(
            name: "PackageStudiesTests", dependencies: ["PackageStudies", "PackageMining"], swiftSettings: strict),
    ]
)
