import Foundation

/// What this machine says where the command line says nothing: environment variables, and files that other tools keep
/// their settings in.
///
/// A plug-in opens no file: it asks for one here, by the rules of the tool whose file it is.
public struct UserSettings: Sendable {
    /// Environment variables by their names.
    public let environment: [String: String]

    private let read: @Sendable (_ path: String) -> [UInt8]?

    /// - Parameter files: by their paths; for tests.
    public init(environment: [String: String], files: [String: [UInt8]] = [:]) {
        self.init(environment: environment) { files[$0] }
    }

    private init(environment: [String: String], read: @escaping @Sendable (String) -> [UInt8]?) {
        self.environment = environment
        self.read = read
    }

    /// Those of this process.
    public static var ofThisProcess: UserSettings {
        UserSettings(environment: ProcessInfo.processInfo.environment) { path in
            FileManager.default.contents(atPath: path).map(Array.init)
        }
    }

    /// A variable's value; nil where there is none, and where it is empty.
    public func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What a file holds; nil where there is none that can be read.
    public func file(_ path: String) -> [UInt8]? { read(path) }
}
