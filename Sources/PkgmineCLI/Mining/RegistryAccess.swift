import Foundation
import Logging
import PackageMining
import Pkgmine
import RegistryHTTP

/// The session that the arguments ask for: live, recorded, or replayed.
struct RegistryAccess {
    let session: any RegistrySession

    /// When a replayed run began.
    let began: Date?

    init(_ arguments: RegistryArguments, to registries: [Registry], log: Logger) throws {
        try self.init(arguments, log: log) { try CurlSession(Self.configuration(arguments, registries)) }
    }

    /// - Parameter live: the session that is recorded, or used as it is. It is not asked for in a replay.
    init(_ arguments: RegistryArguments, log: Logger, live: () throws -> any RegistrySession) throws {
        var session: any RegistrySession
        var began: Date?
        if let folder = arguments.replay {
            let replaying = try ReplayingSession(URL(filePath: folder, directoryHint: .isDirectory))
            began = replaying.began
            if let notice = replaying.notice { printError("note: \(printable(folder)): \(notice)") }
            session = replaying
        } else {
            session = try live()
        }
        if let folder = arguments.record {
            let folder = URL(filePath: folder, directoryHint: .isDirectory)
            let recording = try RecordingSession(
                session, in: folder, tool: PkgmineTool.toolbox.told, began: Date())
            began = recording.began
            if let notice = recording.notice { printError("note: \(printable(folder.path)): \(notice)") }
            session = recording
        }
        self.began = began
        self.session = log.logLevel <= .info ? LoggingSession(inner: session, log: log) : session
    }

    static func configuration(
        _ arguments: RegistryArguments, _ registries: [Registry]
    ) -> CurlSession.Configuration {
        let program = PkgmineTool.toolbox.program(contact: arguments.contact)
        var configuration = program.session(projectURL: PkgmineTool.projectURL)
        configuration.caFile = arguments.caFile
        configuration.concurrency = arguments.concurrency
        configuration.keepPaces(of: registries)
        return configuration
    }
}
