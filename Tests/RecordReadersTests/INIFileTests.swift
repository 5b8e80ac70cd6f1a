import RecordReaders
import Testing

/// What Python 3.11's configparser was asked: each of these is its own answer.
@Suite("INI files")
struct INIFileTests {
    @Test(
        "INI files are read as Python's configparser reads them",
        arguments: [
            ("[global]\nindex-url = https://a/simple\n", ["index-url": "https://a/simple"]),
            ("[global]\r\nIndex-URL: https://a/b:c=d ; x\r\n", ["index-url": "https://a/b:c=d ; x"]),
            ("# c\n[DEFAULT]\nindex-url=https://d\n[global]\n", ["index-url": "https://d"]),
            ("[global]\nindex-url =\n    https://a\n", ["index-url": "\nhttps://a"]),
            (
                "[global]\nextra =\n  1\n\n  2\n # no\nindex-url = x\n",
                ["extra": "\n1\n\n2", "index-url": "x"]
            ),
            ("  [global]\n  a = 1\n  b = 2\n", ["a": "1", "b": "2"]),
            ("[a]\nx=1\n[global]\n index-url=y\n", ["index-url": "y"]),
            ("[global]\na=1\n b=2\nc=3\n", ["a": "1\nb=2", "c": "3"]),
            ("[global] trailing\na=1", ["a": "1"]),
            ("[DEFAULT]\na=1\n[DEFAULT]\nb=2\n[global]\n", ["a": "1", "b": "2"]),
            ("[global]\na = \n; c\n  d\n", ["a": "\nd"]), ("[other]\na=1\n[DEFAULT]\na=2\n", [:]), ("", [:]),
        ])
    func reads(text: String, options: [String: String]) throws {
        #expect(try INIFile(Array(text.utf8))["global"] == options)
    }

    @Test("The name of a section may hold a bracket")
    func brackets() throws {
        #expect(try INIFile(Array("[a]b]\nx=1\n".utf8))["a]b"] == ["x": "1"])
    }

    @Test(
        "INI files that configparser refuses are refused, with the line",
        arguments: [
            ("index-url=x\n", "line 1: it is in no section"), ("[]\n", "line 1: it is in no section"),
            ("[global]\nnothing\n", "line 2: it is no option"), ("[global]\n= 1\n", "line 2: it is no option"),
            ("[global]\na=1\n[global]\n", "line 3: the section [global] is there twice"),
            ("[global]\na=1\nA=2\n", "line 3: the option a is there twice"),
        ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: RecordError.self) { try INIFile(Array(text.utf8)) }
        #expect(error?.description == reason)
    }

    @Test("What is no UTF-8 is refused")
    func encoding() {
        #expect(throws: RecordError.self) { try INIFile([0x5B, 0xFF, 0x5D]) }
    }
}
