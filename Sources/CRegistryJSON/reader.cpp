#include "registry_json.h"

#include <new>
#include <simdjson.h>

struct registry_json_reader {
    simdjson::dom::parser parser;
    simdjson::dom::array::iterator next, end;
};

registry_json_reader *registry_json_reader_make(void) { return new (std::nothrow) registry_json_reader(); }

void registry_json_reader_free(registry_json_reader *reader) { delete reader; }

static simdjson::error_code read_whole(registry_json_reader *reader, const char *bytes, size_t count, size_t readable,
                                       simdjson::dom::element &value) {
    // The parser reads some bytes past the value. Where they are not there it copies the value first.
    const bool copies = readable - count < simdjson::SIMDJSON_PADDING;
    return reader->parser.parse(bytes, count, copies).get(value);
}

static void find_texts(simdjson::dom::element value, const char *const *pointers, size_t pointer_count,
                       registry_json_text *texts) {
    for (size_t index = 0; index < pointer_count; index++) {
        std::string_view text;
        const bool found = !value.at_pointer(pointers[index]).get(text);
        texts[index] = found ? registry_json_text{text.data(), text.size()} : registry_json_text{nullptr, 0};
    }
}

int registry_json_read(registry_json_reader *reader, const char *bytes, size_t count, size_t readable,
                       const char *const *pointers, size_t pointer_count, registry_json_text *texts) {
    simdjson::dom::element value;
    const auto error = read_whole(reader, bytes, count, readable, value);
    if (error) { return error; }
    find_texts(value, pointers, pointer_count, texts);
    return 0;
}

int registry_json_open_array(registry_json_reader *reader, const char *bytes, size_t count, size_t readable,
                             const char *array) {
    simdjson::dom::element value;
    const auto error = read_whole(reader, bytes, count, readable, value);
    if (error) { return error; }
    simdjson::dom::array elements;
    const auto absent = value.at_pointer(array).get(elements);
    if (absent) { return absent; }
    reader->next = elements.begin();
    reader->end = elements.end();
    return 0;
}

size_t registry_json_next_elements(registry_json_reader *reader, const char *const *pointers, size_t pointer_count,
                                   registry_json_text *texts, size_t rows) {
    size_t row = 0;
    for (; row < rows && reader->next != reader->end; ++reader->next, ++row) {
        find_texts(*reader->next, pointers, pointer_count, texts + row * pointer_count);
    }
    return row;
}

const char *registry_json_error(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}
