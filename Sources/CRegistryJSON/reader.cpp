#include "registry_json.h"

#include <new>
#include <simdjson.h>

struct registry_json_reader {
    simdjson::dom::parser parser;
};

registry_json_reader *registry_json_reader_make(void) { return new (std::nothrow) registry_json_reader(); }

void registry_json_reader_free(registry_json_reader *reader) { delete reader; }

int registry_json_read(registry_json_reader *reader, const char *bytes, size_t count, size_t readable,
                       const char *const *pointers, size_t pointer_count, registry_json_text *texts) {
    // The parser reads some bytes past the value. Where they are not there it copies the value first.
    const bool copies = readable - count < simdjson::SIMDJSON_PADDING;
    simdjson::dom::element value;
    const auto error = reader->parser.parse(bytes, count, copies).get(value);
    if (error) { return error; }
    for (size_t index = 0; index < pointer_count; index++) {
        std::string_view text;
        const bool found = !value.at_pointer(pointers[index]).get(text);
        texts[index] = found ? registry_json_text{text.data(), text.size()} : registry_json_text{nullptr, 0};
    }
    return 0;
}

const char *registry_json_error(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}
