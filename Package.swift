// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "pkgmine",
    platforms: [.macOS(.v26)],
    targets: [
        .target(name: "PackageMining", swiftSettings: strict)
    ]
)
