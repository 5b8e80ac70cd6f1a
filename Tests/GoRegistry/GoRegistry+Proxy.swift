import MinerTestKit
import PackageMining
import Synchronization

extension GoRegistry {
    /// `GET $base/$module/@latest`, `…/@v/list`, `…/@v/$version.info` (https://go.dev/ref/mod#goproxy-protocol).
    ///
    /// `path` is what stands behind the base, with percent escapes decoded.
    func proxyAnswer(to path: Substring) -> LoopbackAnswer {
        guard let at = path.range(of: "/@") else { return .text(404, "not found") }
        let escaped = String(path[..<at.lowerBound])
        guard let module = unescapedModulePath(escaped) else {
            return .text(404, "bad request: invalid escaped module path \"\(escaped)\"")
        }
        let request = String(path[path.index(after: at.lowerBound)...])
        if request == "@v/list" { return .text(200, list(of: module)) }
        if request == "@latest" { return answer(module, nil) }
        guard request.hasPrefix("@v/"), request.hasSuffix(".info") else { return .text(404, "not found") }
        let version = String(request.dropFirst(3).dropLast(5))
        guard let plain = unescapedModulePath(version) else {
            return .text(404, "bad request: invalid escaped version \"\(version)\"")
        }
        return answer(module, plain)
    }

    private func answer(_ module: String, _ version: String?) -> LoopbackAnswer {
        let key = "\(module) \(version.map { "@v/\($0).info" } ?? "@latest")"
        let answer = state.withLock { state in
            let answer = state.table[key] ?? state.modules[module]?.answer(for: version) ?? .notCached
            let given = state.timeouts[key, default: 0]
            if given >= answer.timeouts { return answer }
            state.timeouts[key] = given + 1
            return .timeout
        }
        return answer.status == 200 ? .json(answer.body) : .text(answer.status, answer.body)
    }

    /// The tagged versions, a line each, in no order that can be relied on.
    private func list(of module: String) -> String {
        let releases = state.withLock { $0.modules[module]?.releases ?? [] }
        let tagged = releases.map(\.version).filter { !isPseudoVersion($0) }
        return tagged.reversed().map { $0 + "\n" }.joined()
    }
}

extension Substring {
    /// The first place of a text in ASCII.
    fileprivate func range(of text: String) -> Range<Index>? {
        var rest = self
        while !rest.isEmpty {
            if rest.hasPrefix(text) { return rest.startIndex..<rest.index(rest.startIndex, offsetBy: text.count) }
            rest = rest.dropFirst()
        }
        return nil
    }
}
