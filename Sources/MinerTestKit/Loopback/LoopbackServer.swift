import FlyingSocks
import PackageMining
import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 that keeps connections alive, counts what it is asked, and fails on request.
///
/// It lives as long as the body of ``run(port:misbehaving:handler:body:)``: when that returns, all its sockets are
/// closed and all its tasks have ended.
public final class LoopbackServer: Sendable {
    public typealias Handler = @Sendable (LoopbackRequest) async -> LoopbackAnswer

    public let port: UInt16

    /// `http://127.0.0.1:PORT`
    public var baseURL: String { "http://127.0.0.1:\(port)" }

    public let journal = Journal()

    /// What goes wrong. Can be changed at any time; requests that arrive later follow it.
    public var misbehaviour: Misbehaviour {
        get { plan.withLock { $0 } }
        set { plan.withLock { $0 = newValue } }
    }

    let listener: Listener
    let time: any LoopbackTime
    private let plan: Mutex<Misbehaviour>
    private let handler: Handler

    /// Requests behind this prefix get the true answer to what follows it.
    static let movedPrefix = "/-moved"

    /// Requests behind this prefix are redirected for ever.
    static let loopPrefix = "/-loop"

    private init(
        listener: Listener, time: any LoopbackTime, misbehaviour: Misbehaviour, handler: @escaping Handler
    ) {
        self.listener = listener
        self.time = time
        self.port = listener.port
        self.plan = Mutex(misbehaviour)
        self.handler = handler
    }

    /// Serves while `body` runs.
    ///
    /// Port 0 lets the system choose one.
    public static func run<Result>(
        port: UInt16 = 0, misbehaving misbehaviour: Misbehaviour = .none, handler: @escaping Handler,
        body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        try await run(port: port, by: WallTime(), misbehaving: misbehaviour, handler: handler, body: body)
    }

    static func run<Result>(
        port: UInt16 = 0, by time: any LoopbackTime, misbehaving misbehaviour: Misbehaviour, handler: @escaping Handler,
        body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        try await LoopbackPool.with { pool in
            let listener = try Listener(port: port, pool: pool)
            let server = LoopbackServer(listener: listener, time: time, misbehaviour: misbehaviour, handler: handler)
            return try await withThrowingDiscardingTaskGroup { group in
                group.addTask { try await listener.run { await server.serve($0) } }
                defer { group.cancelAll() }
                return try await body(server)
            }
        }
    }

    /// Resets all connections and refuses new ones, until ``comeBack()``.
    public func goDown() {
        listener.goDown()
    }

    /// Takes connections again, on the same port.
    public func comeBack() throws {
        try listener.comeBack()
    }

    /// Ends all outages at once.
    func recover() throws {
        try listener.recover()
    }

    private func serve(_ socket: ByteSocket) async {
        journal.connected()
        await LoopbackConnection(socket: socket, server: self).serve()
    }

    func goDown(for time: Duration) async {
        goDown()
        await self.time.wait(time) { self.listener.comeBackOrFail() }
    }
}

extension LoopbackServer {
    func answer(to request: LoopbackRequest, inFlight: Int) async throws -> LoopbackAnswer {
        if request.target.hasPrefix(Self.loopPrefix) { return .redirect(to: request.target) }
        let isMoved = request.target.hasPrefix(Self.movedPrefix)
        let request = isMoved ? request.asking(String(request.target.dropFirst(Self.movedPrefix.count))) : request
        let plan = misbehaviour
        if let capacity = plan.capacity, inFlight > capacity { return noted(.text(429, "too many at once")) }
        if plan.latency > .zero { try await time.pass(plan.latency, inFrontOf: request.port) }
        guard !isMoved, let fault = plan.fault(for: request) else {
            return noted(await handler(request).compressed(for: request))
        }
        return noted(await spoiled(by: fault, request, plan.measures), fault)
    }

    private func spoiled(by fault: Fault, _ request: LoopbackRequest, _ measures: FaultMeasures) async -> LoopbackAnswer
    {
        await fault.answer(to: request, at: baseURL, now: time.date, measures: measures) { await handler(request) }
    }

    private func noted(_ answer: LoopbackAnswer, _ fault: Fault? = nil) -> LoopbackAnswer {
        journal.answered(answer.status, fault: fault)
        return answer
    }
}
