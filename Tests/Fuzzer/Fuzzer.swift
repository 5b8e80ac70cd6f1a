import Foundation
import FuzzProperties

/// The property that this process fuzzes, by the environment variable FUZZ.
private let property: FuzzProperty? = FuzzProperty.all.first {
    $0.name == ProcessInfo.processInfo.environment["FUZZ"]
}

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html). A violation ends the process, and
/// libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let property else {
        say("FUZZ names no property; there are: \(FuzzProperty.all.map(\.name).joined(separator: ", "))")
        _exit(64)
    }
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    if let violation = property.violation(by: input) {
        say("\(property.name): \(violation)")
        abort()
    }
    return 0
}

/// Unbuffered: libFuzzer ends the process without flushing.
private func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
