import MinerTestKit
import PackageMining
import Testing

@Suite("The loopback server", .timeLimit(.minutes(5)))
struct LoopbackServerTests {
    private let long = [UInt8](repeating: UInt8(ascii: "a"), count: 5000)

    private func serve<Result>(
        misbehaving misbehaviour: Misbehaviour = .none, body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.run(misbehaving: misbehaviour) { [long] request in
            request.path == "/long" ? LoopbackAnswer(200, body: long) : .text(200, "you asked for \(request.target)")
        } body: {
            try await body($0)
        }
    }

    @Test("The loopback server answers many requests on one connection")
    func keepAlive() async throws {
        try await serve { server in
            let client = try await WireClient(to: server.port)
            defer { client.close() }
            for number in 1...3 {
                try await client.ask("/\(number)")
                let expected = "you asked for /\(number)"
                var received = ""
                while !received.hasSuffix(expected) {
                    received += String(decoding: await client.receive(upTo: 1).bytes, as: UTF8.self)
                }
            }
            #expect(server.journal.connections == 1)
            #expect(server.journal.requests == 3)
        }
    }

    @Test("The loopback server compresses a large body for who takes gzip, and for nobody else")
    func compression() async throws {
        try await serve { server in
            let packed = try await ask(server.port, "/long", ["Accept-Encoding: br, gzip"])
            #expect(packed.header("Content-Encoding") == "gzip")
            #expect(packed.announcedLength == packed.body.count)
            #expect(inflated(packed.body).bytes == long)
            #expect(inflated(packed.body).isComplete)
            let plain = try await ask(server.port, "/long")
            #expect(plain.header("Content-Encoding") == nil)
            #expect(plain.body == long)
        }
    }

    @Test("The loopback server counts requests by target and keeps their headers")
    func journal() async throws {
        try await serve { server in
            _ = try await ask(server.port, "/a?x=1", ["User-Agent: tester/1"])
            _ = try await ask(server.port, "/a?x=1")
            _ = try await ask(server.port, "/b")
            #expect(server.journal.requests == 3)
            #expect(server.journal.distinct == 2)
            #expect(server.journal.counts == ["/a?x=1": 2, "/b": 1])
            #expect(server.journal.log.first?.header("user-agent") == "tester/1")
            #expect(server.journal.log.first?.query("x") == "1")
            #expect(server.journal.statuses == [200: 3])
        }
    }

    @Test("The loopback server tells the most requests that were under way at once")
    func inFlight() async throws {
        try await serve(misbehaving: .always(.silence)) { server in
            var clients: [WireClient] = []
            for number in 0..<3 {
                clients.append(try await WireClient(to: server.port))
                try await clients[number].ask("/\(number)")
            }
            await until { server.journal.inFlight == 3 }
            for client in clients { client.close() }
            await until { server.journal.inFlight == 0 }
            #expect(server.journal.largestInFlight == 3)
        }
    }

    @Test("The loopback server refuses what is beyond its capacity")
    func capacity() async throws {
        var plan = Misbehaviour.always(.silence) { $0.path == "/held" }
        plan.capacity = 1
        try await serve(misbehaving: plan) { server in
            let holder = try await WireClient(to: server.port)
            try await holder.ask("/held")
            await until { server.journal.inFlight == 1 }
            #expect(try await ask(server.port, "/second").status == 429)
            holder.close()
            await until { server.journal.inFlight == 0 }
            #expect(try await ask(server.port, "/third").status == 200)
        }
    }

    @Test("The loopback server ends all connections when it stops")
    func stop() async throws {
        let client = try await serve(misbehaving: .always(.silence)) { server in
            let client = try await WireClient(to: server.port)
            try await client.ask("/")
            await until { server.journal.inFlight == 1 }
            return client
        }
        let (bytes, end) = await client.receive()
        #expect(bytes.isEmpty)
        #expect(end != nil)
        client.close()
    }

    @Test("The loopback server goes down and comes back on its port")
    func outage() async throws {
        try await serve(misbehaving: .always(.silence) { $0.path == "/held" }) { server in
            let holder = try await WireClient(to: server.port)
            try await holder.ask("/held")
            await until { server.journal.inFlight == 1 }
            server.goDown()
            #expect(await holder.receive().end != nil)
            await #expect(throws: (any Error).self) { try await WireClient(to: server.port) }
            try server.comeBack()
            #expect(try await ask(server.port, "/").status == 200)
            holder.close()
        }
    }

    @Test("The loopback server closes on what is no request")
    func garbage() async throws {
        try await serve { server in
            let client = try await WireClient(to: server.port)
            try await client.send(Array("nonsense\r\n\r\n".utf8))
            let (bytes, end) = await client.receive()
            #expect(bytes.isEmpty)
            #expect(end != nil)
            client.close()
        }
    }
}
