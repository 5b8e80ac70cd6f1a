import MinerTestKit

/// An answer as it came over the wire, taken apart no further than asked.
struct WireAnswer {
    let bytes: [UInt8]
    let end: WireClient.End?

    var head: [String] {
        guard let end = headEnd else { return [] }
        return String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    var status: Int? {
        head.first.flatMap { Int($0.split(separator: " ")[1]) }
    }

    func header(_ name: String) -> String? {
        head.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }

    /// The bytes behind the head, with chunk framing where there is some.
    var body: [UInt8] {
        headEnd.map { Array(bytes[($0 + 4)...]) } ?? []
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    var announcedLength: Int? { header("Content-Length").flatMap { Int($0) } }

    private var headEnd: Int? {
        bytes.indices.dropLast(3).first { bytes[$0...].starts(with: [13, 10, 13, 10]) }
    }
}

/// Asks on a connection of its own and reads up to its end.
func ask(_ port: UInt16, _ target: String, _ headers: [String] = []) async throws -> WireAnswer {
    let client = try await WireClient(to: port)
    defer { client.close() }
    try await client.ask(target, headers + ["Connection: close"])
    let (bytes, end) = await client.receive()
    return WireAnswer(bytes: bytes, end: end)
}

/// Waits for something that another task is about to do, or for the test's time limit.
func until(_ isSo: () -> Bool) async {
    while !isSo(), !Task.isCancelled { await Task.yield() }
}
