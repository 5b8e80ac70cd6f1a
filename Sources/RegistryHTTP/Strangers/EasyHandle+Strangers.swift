import CLibCurl
import Foundation
import PackageMining

extension EasyHandle {
    /// Lets connections to addresses of the public network be made, and no others, where the order says so.
    ///
    /// Behind a proxy that the environment names it is that proxy which is connected to, for all, and which knows what
    /// it lets through.
    func guardConnections(of order: Order) {
        if order.stranger == guarded { return }
        guarded = order.stranger
        let isGuarded = order.stranger?.mayBePrivate == false && Self.proxy == nil
        pkgmine_set_string(easy, CURLOPT_PROXY, order.stranger == nil ? nil : Self.proxy)
        pkgmine_set_string(easy, CURLOPT_NOPROXY, order.stranger == nil || Self.proxy == nil ? nil : "")
        pkgmine_set_pointer(easy, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(self).toOpaque())
        pkgmine_set_socket_opener(easy, isGuarded ? openPublicSocket : nil)
        pkgmine_set_pointer(easy, CURLOPT_PREREQDATA, Unmanaged.passUnretained(self).toOpaque())
        pkgmine_set_prerequisite(easy, isGuarded ? sendPublicly : nil)
    }

    /// The proxy that the environment names for https, by curl's own rule.
    private static let proxy: String? = {
        let environment = ProcessInfo.processInfo.environment
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        return names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }()

    /// Notes an address that is not to be asked, and says whether it is one.
    fileprivate func refuses(_ address: NetworkAddress?) -> Bool {
        if let address, address.isPublic { return false }
        refusedAddress = address?.description ?? "an address of another kind"
        return true
    }
}

/// Opens the socket of a connection that may be made. What curl makes of the other is a failed connection.
private let openPublicSocket: curl_opensocket_callback = { user, _, address in
    guard let user, let address else { return CURL_SOCKET_BAD }
    let handle = Unmanaged<EasyHandle>.fromOpaque(user).takeUnretainedValue()
    // What is declared as a `sockaddr` is as long as `addrlen` says.
    let place = MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 0
    let target = UnsafeRawBufferPointer(
        start: UnsafeRawPointer(address) + place, count: Int(address.pointee.addrlen))
    if handle.refuses(NetworkAddress(target, family: address.pointee.family)) { return CURL_SOCKET_BAD }
    // It is for this process alone, as curl's own sockets are.
    return socket(
        address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
}

/// Looks at the address of a connection that was there before, as a registry's may be.
private let sendPublicly: curl_prereq_callback = { user, remote, _, _, _ in
    guard let user, let remote else { return Int32(CURL_PREREQFUNC_ABORT) }
    let handle = Unmanaged<EasyHandle>.fromOpaque(user).takeUnretainedValue()
    return Int32(
        handle.refuses(NetworkAddress(text: String(cString: remote)))
            ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK)
}
