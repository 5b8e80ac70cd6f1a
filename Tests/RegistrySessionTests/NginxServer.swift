import Foundation

/// nginx on a loopback port with TLS, HTTP/2 and an authority of its own.
struct NginxServer {
    private static let binaries = ["/usr/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"]
    private static let openssl = "/usr/bin/openssl"

    static var isThere: Bool { nginx != nil && FileManager.default.isExecutableFile(atPath: openssl) }
    private static var nginx: String? { binaries.first(where: FileManager.default.isExecutableFile(atPath:)) }

    let url: String
    var authority: String { folder.appendingPathComponent("cert.pem").path }
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nginx-\(UUID())")

    init() throws {
        // A port that was free a moment ago: the system gave it to a server that has gone.
        let port = try LoopbackServer { _, _ in [] }.port
        url = "https://127.0.0.1:\(port)"
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.run(
            Self.openssl,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path("key.pem"),
                "-out", path("cert.pem"),
            ])
        try Data(configuration(port).utf8).write(to: folder.appendingPathComponent("nginx.conf"))
        // nginx goes to the background once it listens.
        try Self.run(Self.nginx ?? "", ["-p", folder.path, "-c", path("nginx.conf"), "-e", path("error.log")])
    }

    func stop() {
        try? Self.run(
            Self.nginx ?? "", ["-p", folder.path, "-c", path("nginx.conf"), "-e", path("error.log"), "-s", "stop"])
        try? FileManager.default.removeItem(at: folder)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func configuration(_ port: UInt16) -> String {
        """
        pid \(path("pid"));
        worker_processes 1;
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path \(path("b")); proxy_temp_path \(path("p")); fastcgi_temp_path \(path("f"));
            uwsgi_temp_path \(path("u")); scgi_temp_path \(path("s"));
            server {
                listen 127.0.0.1:\(port) ssl http2;
                ssl_certificate \(path("cert.pem"));
                ssl_certificate_key \(path("key.pem"));
                location /version { return 200 $server_protocol; }
                location /down { return 302 http://127.0.0.1:9/; }
            }
        }
        """
    }

    /// Not by Foundation's Process, which waits until nginx in the background has closed what it inherited.
    private static func run(_ binary: String, _ arguments: [String]) throws {
        var words = ([binary] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        var status: Int32 = -1
        guard posix_spawn(&process, binary, nil, nil, &words, nil) == 0, waitpid(process, &status, 0) == process,
            status == 0
        else { throw POSIXError(.ECHILD) }
    }
}
