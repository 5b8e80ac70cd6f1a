/// One client's connection: reads requests and answers them, one after another, until either side has enough.
struct LoopbackConnection: Sendable {
    let socket: ByteSocket
    let server: LoopbackServer

    func serve() async {
        do {
            try await answerAll()
        } catch {
            // The client is gone, has sent what is no request, or the server stops: either way this connection ends.
        }
    }

    private func answerAll() async throws {
        var reader = RequestReader()
        let port = socket.peerPort
        while true {
            while let request = try reader.next() {
                guard try await answer(request, from: port) else { return }
            }
            reader.take(try await socket.read())
        }
    }

    /// Answers one request. False when the connection has to end behind it.
    private func answer(_ request: LoopbackRequest, from port: UInt16) async throws -> Bool {
        let (attempt, inFlight) = server.journal.began(request)
        defer { server.journal.ended() }
        var request = request
        request.attempt = attempt
        request.port = port
        let answer = try await server.answer(to: request, inFlight: inFlight)
        if case .outage(let time) = answer.delivery {
            await server.goDown(for: time)
            return false
        }
        let mayGoOn = try await AnswerWriter(socket: socket, port: port, time: server.time).send(answer)
        return mayGoOn && request.header("Connection")?.lowercased() != "close"
    }
}
