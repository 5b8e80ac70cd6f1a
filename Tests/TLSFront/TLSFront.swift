import Foundation
import MachineTools

/// nginx that speaks TLS and HTTP/2 on a port of its own, with an authority of its own.
///
/// It is there when `init` has returned, and ends when it is stopped, at the latest with the value.
public final class TLSFront: Sendable {
    public static var isThere: Bool { Tool.machine("nginx") != nil && Tool.machine("openssl") != nil }

    public let port: Int
    private let folder: URL
    private let life: Life

    /// - Parameters:
    ///   - name: whose certificate it has: `DNS:localhost`.
    ///   - locations: what the server answers, as nginx's configuration says it.
    ///   - upstream: a server of this machine that `locations` may name `registry`.
    ///   - ports: tried in turn. That a port was free a moment ago says nothing; what counts is that nginx got it.
    /// - Throws: ``DidNotStart``
    public init(
        name: String, answering locations: String, upstream: UInt16 = 9,
        ports: [Int] = (0..<20).map { _ in .random(in: 10_000..<30_000) }
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-front-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = Files(folder: folder)
        let life = try Life()
        self.life = life
        // In the end nginx alone holds its end.
        defer { life.letGo() }
        do {
            try files.makeCertificates(for: name)
            port = try files.start(on: ports, holding: life) { files.configuration(locations, $0, upstream) }
        } catch {
            files.remove()
            throw error
        }
    }

    deinit {
        stop()
        Files(folder: folder).remove()
    }

    /// The file of the authority.
    public var authority: String { folder.path + "/authority.pem" }

    /// The protocol of each request, a line each.
    public func log() throws -> String {
        try String(contentsOf: folder.appending(path: "access.log"), encoding: .utf8)
    }

    /// Ends it in order, and returns when all of it has ended.
    public func stop() {
        guard let process = Files(folder: folder).process, kill(process, SIGQUIT) == 0 else { return }
        // It leads a group of its own, and one of its workers may be what does not end.
        if !life.hasEnded(within: 10_000) { kill(-process, SIGKILL) }
    }
}

/// A pipe whose other end a program holds for as long as it lives, so that its end can be waited for.
private final class Life: Sendable {
    private let ends: [Int32]

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        self.ends = ends
    }

    deinit { close(ends[0]) }

    var held: Int32 { ends[1] }

    /// From here on the program alone holds its end.
    func letGo() { close(ends[1]) }

    func hasEnded(within milliseconds: Int32) -> Bool {
        var end = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        return poll(&end, 1, milliseconds) != 0
    }
}

/// The folder of a front.
private struct Files {
    let folder: URL

    /// The number of nginx's first process, where it runs.
    var process: pid_t? {
        (FileManager.default.contents(atPath: path("pid")))
            .flatMap { pid_t(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines)) }
    }

    func remove() {
        do { try FileManager.default.removeItem(at: folder) } catch { print("\(folder.path) stays: \(error)") }
    }

    /// - Returns: the port that nginx got.
    func start(on ports: [Int], holding life: Life, configuration: (Int) -> String) throws -> Int {
        guard let nginx = Tool.machine("nginx") else { throw POSIXError(.ENOENT) }
        var ports = ports[...]
        while true {
            let port = ports.removeFirst()
            try Data(configuration(port).utf8).write(to: folder.appending(path: "nginx.conf"))
            do {
                try nginx.runToBackground(
                    ["-p", folder.path, "-c", path("nginx.conf"), "-e", path("error.log")],
                    log: folder.appending(path: "said"), life: life.held)
                return port
            } catch let error as DidNotStart where error.said.contains("Address already in use") && !ports.isEmpty {
                continue
            }
        }
    }

    func makeCertificates(for name: String) throws {
        guard let openssl = Tool.machine("openssl") else { throw POSIXError(.ENOENT) }
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try Data("subjectAltName=\(name)".utf8).write(to: folder.appending(path: "names"))
        let steps = [
            ["req", "-x509"] + key + ["-days", "2", "-subj", "/CN=A private authority"]
                + ["-keyout", path("authority.key"), "-out", path("authority.pem")],
            ["req"] + key + ["-subj", "/CN=localhost", "-keyout", path("server.key"), "-out", path("server.csr")],
            ["x509", "-req", "-in", path("server.csr"), "-CA", path("authority.pem"), "-CAkey", path("authority.key")]
                + ["-CAcreateserial", "-days", "2", "-extfile", path("names"), "-out", path("server.pem")],
        ]
        for step in steps { try openssl.runToBackground(step, log: folder.appending(path: "said")) }
    }

    func configuration(_ locations: String, _ port: Int, _ upstream: UInt16) -> String {
        """
        pid \(path("pid"));
        worker_processes 1;
        events { worker_connections 1024; }
        http {
            log_format protocol '$server_protocol';
            access_log \(path("access.log")) protocol;
            client_body_temp_path \(path("body")); proxy_temp_path \(path("proxy"));
            fastcgi_temp_path \(path("fastcgi")); uwsgi_temp_path \(path("uwsgi")); scgi_temp_path \(path("scgi"));
            keepalive_requests 100000;
            upstream registry { server 127.0.0.1:\(upstream); keepalive 64; }
            server {
                listen 127.0.0.1:\(port) ssl http2;
                ssl_certificate \(path("server.pem"));
                ssl_certificate_key \(path("server.key"));
                \(locations)
            }
        }
        """
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }
}
