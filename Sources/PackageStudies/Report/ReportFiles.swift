import Foundation
import PackageMining

extension ReportPage {
    /// Writes the page, and the numbers as JSON. Each file is the old one or the whole new one, and neither is replaced
    /// where there is no room for both.
    public func write(to path: String, numbersTo numbersPath: String) throws {
        try StudyError.ofOutput {
            var page = try OutputFile(URL(filePath: path))
            try page.write { $0.append(contentsOf: html().utf8) }
            try page.sync()
            let text = try numbers.json()
            var json = try OutputFile(URL(filePath: numbersPath))
            try json.write { $0.append(contentsOf: text) }
            try json.sync()
            _ = try page.publish()
            _ = try json.publish()
        }
    }
}
