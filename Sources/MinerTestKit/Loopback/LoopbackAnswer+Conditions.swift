import PackageMining

extension LoopbackAnswer {
    /// The rest of the body where a range `bytes=START-` is asked for that the answer has, and says by `Accept-Ranges:
    /// bytes` that it serves (https://www.rfc-editor.org/rfc/rfc9110#section-14). Where `If-Range` names another state
    /// of the file, it is served whole.
    public func ranged(for request: LoopbackRequest) -> LoopbackAnswer {
        guard status == 200, header("Accept-Ranges") == "bytes", let range = request.header("Range"),
            range.hasPrefix("bytes="), range.hasSuffix("-"),
            let start = Int(range.dropFirst("bytes=".count).dropLast()), body.indices.contains(start),
            request.header("If-Range").map({ $0 == header("ETag") }) ?? true
        else { return self }
        var answer = self
        answer.status = 206
        answer.headers.append(Header("Content-Range", "bytes \(start)-\(body.count - 1)/\(body.count)"))
        answer.body = Array(body[start...])
        answer.mayCompress = false
        return answer
    }

    /// 304 without a body where the request has the answer already, as its `If-None-Match` or its `If-Modified-Since`
    /// says (https://www.rfc-editor.org/rfc/rfc9110#section-13).
    public func conditional(on request: LoopbackRequest) -> LoopbackAnswer {
        let isKnown =
            if let tags = request.header("If-None-Match") { header("ETag").map(tags.contains) ?? false } else {
                request.header("If-Modified-Since").map { $0 == header("Last-Modified") } ?? false
            }
        guard status == 200, isKnown else { return self }
        return LoopbackAnswer(304, headers: headers)
    }

    private func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
