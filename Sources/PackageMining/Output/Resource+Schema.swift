extension Resource {
    /// What the columns of a file are (https://specs.frictionlessdata.io/table-schema/).
    struct Schema: Encodable {
        var fields: [Field]
        /// A name may be `nan`: only what can be missing says so itself.
        var missingValues: [String] = []
        var primaryKey: String?

        static func list(_ header: [String]) -> Schema {
            let fields = header.enumerated().map { index, name in
                Field(name: name, type: index == 0 ? "integer" : "string", missingValues: index > 2 ? ["nan"] : nil)
            }
            return Schema(fields: fields, primaryKey: header[0])
        }

        static var problems: Schema { words(ProblemsFile.columns) }
        static var audit: Schema { words(AuditFile.columns) }

        static var outcomes: Schema {
            let columns = OutcomesFile.columns
            return Schema(fields: [
                Field(name: columns[0], type: "string"),
                Field(name: columns[1], type: "string", constraints: Constraints(enum: OutcomesFile.words)),
                Field(name: columns[2], type: "datetime", missingValues: [""]),
                Field(name: columns[3], type: "string", missingValues: [""]),
            ])
        }

        private static func words(_ columns: [String]) -> Schema {
            Schema(fields: columns.map { Field(name: $0, type: "string") })
        }
    }

    struct Field: Encodable {
        let name: String
        let type: String
        var missingValues: [String]?
        var constraints: Constraints?
    }

    struct Constraints: Encodable {
        let `enum`: [String]
    }
}
