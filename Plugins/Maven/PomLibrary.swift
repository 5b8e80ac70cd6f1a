import PackageMining
import RegistryXML

/// The POMs of a repository, each asked for once: parents are shared by thousands of children.
///
/// Holds the latest 4,096; what fell out is asked for again.
actor PomLibrary {
    /// Whether there is a POM at the coordinates, and what it says.
    enum Entry: Sendable {
        case pom(Pom)
        case absent
        case refused(Outcome)
        case unreadable(WireError)
    }

    private static let capacity = 4_096

    private let repositoryURL: String
    private var entries: [Pom.Coordinates: Entry] = [:]
    private var order: [Pom.Coordinates] = []
    private var waiting: [Pom.Coordinates: [CheckedContinuation<Void, Never>]] = [:]

    init(repositoryURL: String) {
        self.repositoryURL = repositoryURL
    }

    /// Whoever asks for what is being asked for waits for that answer.
    func entry(_ coordinates: Pom.Coordinates, through session: any RegistrySession) async throws -> Entry {
        while true {
            if let entry = entries[coordinates] { return entry }
            if waiting[coordinates] == nil { return try await ask(coordinates, session) }
            await withCheckedContinuation { waiting[coordinates, default: []].append($0) }
        }
    }

    private func ask(_ coordinates: Pom.Coordinates, _ session: any RegistrySession) async throws -> Entry {
        waiting[coordinates] = []
        defer { waiting.removeValue(forKey: coordinates)?.forEach { $0.resume() } }
        let entry: Entry
        do {
            entry = try await session.fetch(Request(url(of: coordinates), bodyLimit: 8 << 20), read: PomLibrary.read)
        } catch let error as WireError where error.category == .malformed {
            // Read again and again, it stays what it is.
            entry = .unreadable(error)
        }
        if order.count == Self.capacity { entries[order.removeFirst()] = nil }
        order.append(coordinates)
        entries[coordinates] = entry
        return entry
    }

    private static func read(_ response: Response) throws -> Entry {
        switch response.status {
        case 200: break
        case 404, 410: return .absent
        case 401, 403: return .refused(.forbidden)
        case 451: return .refused(.withheld)
        default: throw response.statusError()
        }
        do {
            return .pom(try Pom(response.body))
        } catch {
            throw WireError(.malformed, url: response.url, "no POM: \(error)", status: 200, cause: error)
        }
    }

    private func url(of coordinates: Pom.Coordinates) -> String {
        let group = coordinates.group.split(separator: ".").map { escaped($0) }.joined(separator: "/")
        let (artifact, version) = (escaped(coordinates.artifact), escaped(coordinates.version))
        return "\(repositoryURL)/\(group)/\(artifact)/\(version)/\(artifact)-\(version).pom"
    }

    private func escaped(_ segment: some StringProtocol) -> String {
        segment.utf8.reduce(into: "") { escaped, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
