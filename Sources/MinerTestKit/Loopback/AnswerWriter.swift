/// Sends answers over a connection in the way they want to be delivered.
struct AnswerWriter: Sendable {
    let socket: ByteSocket
    let port: UInt16
    let time: any LoopbackTime

    /// Sends the answer. False when the connection has to end behind it.
    func send(_ answer: LoopbackAnswer) async throws -> Bool {
        switch answer.delivery {
        case .whole:
            try await socket.write(announced(answer, answer.body.count) + answer.body)
            return true
        case .chunked(let size):
            try await sendChunks(of: answer, size: size, upTo: answer.body.count)
            try await socket.write(Array("0\r\n\r\n".utf8))
            return true
        case .repeated(let times):
            try await sendRepeatedly(answer, times: times)
            return true
        case .trickle(let pause):
            try await trickle(announced(answer, answer.body.count) + answer.body, pause: pause)
            return true
        default:
            try await sendAndEnd(answer)
            return false
        }
    }

    private func sendAndEnd(_ answer: LoopbackAnswer) async throws {
        switch answer.delivery {
        case .cut(let count):
            try await socket.write(announced(answer, answer.body.count) + answer.body.prefix(count))
        case .cutChunked(let count):
            try await sendChunks(of: answer, size: 512, upTo: count)
        case .unframed(let count):
            try await socket.write(answer.head(framing: "Connection: close") + answer.body.prefix(count))
        case .announced(let length):
            try await socket.write(announced(answer, length) + answer.body)
        case .reset(let count):
            if let count {
                try await socket.write(announced(answer, answer.body.count) + answer.body.prefix(count))
            }
            socket.resetOnClose()
        case .silence:
            time.silenceBegan(inFrontOf: port)
            await socket.waitForClose()
            time.silenceEnded(inFrontOf: port)
        default:
            break
        }
    }

    private func announced(_ answer: LoopbackAnswer, _ length: Int) -> [UInt8] {
        answer.head(framing: "Content-Length: \(length)")
    }

    private func sendChunks(of answer: LoopbackAnswer, size: Int, upTo end: Int) async throws {
        try await socket.write(answer.head(framing: "Transfer-Encoding: chunked"))
        for start in stride(from: 0, to: end, by: size) {
            try await sendChunk(answer.body[start..<min(start + size, end)])
        }
    }

    private func sendRepeatedly(_ answer: LoopbackAnswer, times: Int) async throws {
        try await socket.write(answer.head(framing: "Transfer-Encoding: chunked"))
        for _ in 0..<times { try await sendChunk(answer.body[...]) }
        try await socket.write(Array("0\r\n\r\n".utf8))
    }

    private func sendChunk(_ bytes: ArraySlice<UInt8>) async throws {
        let size = Array("\(String(bytes.count, radix: 16))\r\n".utf8)
        try await socket.write(size + bytes + [13, 10])
    }

    private func trickle(_ bytes: [UInt8], pause: Duration) async throws {
        for byte in bytes {
            try await socket.write([byte])
            try await time.pass(pause, inFrontOf: port)
        }
    }
}
