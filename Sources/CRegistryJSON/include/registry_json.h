// The little of simdjson that registries need: texts at known places of JSON values. C, so that Swift can call it.
#ifndef REGISTRY_JSON_H
#define REGISTRY_JSON_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct registry_json_reader registry_json_reader;

// A text inside the reader, valid until the next value is read. NULL where there is no string at that place.
typedef struct {
    const char *bytes;
    size_t count;
} registry_json_text;

registry_json_reader *registry_json_reader_make(void);
void registry_json_reader_free(registry_json_reader *reader);

// Reads the value in bytes[0..<count], whole: what is not asked for is checked as well. `readable` is how many bytes
// may be read from `bytes` on, count or more. Writes the strings at the JSON pointers into texts.
//
// Returns 0, or a number for registry_json_error.
int registry_json_read(registry_json_reader *reader, const char *bytes, size_t count, size_t readable,
                       const char *const *pointers, size_t pointer_count, registry_json_text *texts);

// Reads a document whole, for the functions below. Returns 0, or a number for registry_json_error.
int registry_json_open(registry_json_reader *reader, const char *bytes, size_t count);

// The string at a JSON pointer of the document; or the number, true or false, as JSON writes it.
registry_json_text registry_json_text_at(registry_json_reader *reader, const char *pointer);

// Calls `row` for each element of the array at a JSON pointer of the document, with the texts at JSON pointers of that
// element in `texts`. Returns 0 where there is no array.
int registry_json_rows(registry_json_reader *reader, const char *array, const char *const *pointers,
                       size_t pointer_count, registry_json_text *texts, void *context,
                       void (*row)(void *context));

// What a number other than 0 means, in words.
const char *registry_json_error(int code);

#ifdef __cplusplus
}
#endif
#endif
